using CsCheck;
using Picket.Core.Devices;

namespace Picket.Core.Tests.Intelligence;

public sealed class OsVersionTests
{
    [Theory]
    [InlineData("18.7.9", "18.7.10")]
    [InlineData("26", "26.0.1")]
    [InlineData("17.7.11", "18.0")]
    [InlineData("26.3.1", "26.3.1 (a)")]
    [InlineData("26.3.1 (a)", "26.3.2")]
    [InlineData("12", "12L")]
    [InlineData("10.0.19045.1", "10.0.22631.3155")]
    public void Orders_versions_as_people_do(string older, string newer)
    {
        Assert.True(OsVersion.Parse(older) < OsVersion.Parse(newer));
        Assert.True(OsVersion.Parse(newer) > OsVersion.Parse(older));
    }

    [Fact]
    public void Sees_trailing_zeros_as_nothing() => Assert.Equal(OsVersion.Parse("26"), OsVersion.Parse("26.0.0"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("eighteen")]
    [InlineData("18.")]
    [InlineData("18.-1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("99999999999")]
    public void Refuses_what_is_no_version(string? text) => Assert.False(OsVersion.TryParse(text, out _));

    [Fact]
    public void Reads_what_it_writes()
    {
        var part = Gen.Int[0, 30_000];
        Gen.Select(part, part, part, part)
            .Sample(numbers =>
            {
                var version = new OsVersion(numbers.Item1, numbers.Item2, numbers.Item3, numbers.Item4);
                Assert.Equal(version, OsVersion.Parse(version.ToString()));
            });
    }

    [Theory]
    [InlineData("Apple", "iPhone 13 Pro", DevicePlatform.Ios)]
    [InlineData("Apple", "iPad13,1", DevicePlatform.Ipados)]
    [InlineData("AppleOsX", "MacBookAir10,1", DevicePlatform.Macos)]
    [InlineData("Android", "samsung SM-G991B", DevicePlatform.Android)]
    [InlineData("WinRT", "Latitude 5440", DevicePlatform.Windows)]
    [InlineData("Tizen", "TV", DevicePlatform.Other)]
    [InlineData(null, null, DevicePlatform.Unknown)]
    public void Keeps_phones_and_tablets_apart(string? platform, string? model, DevicePlatform expected) =>
        Assert.Equal(expected, DevicePlatforms.Recognise(platform, model));
}
