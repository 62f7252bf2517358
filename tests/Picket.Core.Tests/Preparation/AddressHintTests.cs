using Picket.Core.Preparation;

namespace Picket.Core.Tests.Preparation;

public sealed class AddressHintTests
{
    [Theory]
    [InlineData("https://as135.awmdm.com", "https://as135.awmdm.com/", 0)]
    [InlineData(" as135.awmdm.com/ ", "https://as135.awmdm.com/", 0)]
    [InlineData("https://cn135.awmdm.com", "https://as135.awmdm.com/", 1)]
    [InlineData("https://CN135.awmdm.com/AirWatch/Login?x=1", "https://as135.awmdm.com/", 2)]
    [InlineData("https://as135.awmdm.com/API", "https://as135.awmdm.com/", 1)]
    [InlineData("https://uem.example.org:8443/api/help/", "https://uem.example.org:8443/", 1)]
    [InlineData("https://cn1.example.org", "https://cn1.example.org/", 0)]
    [InlineData("http://127.0.0.1:5000/API", "http://127.0.0.1:5000/", 1)]
    public void Mends_what_people_copy(string typed, string address, int hints)
    {
        var mended = AddressHint.Mend(typed);

        Assert.Equal(address, mended.Address?.ToString());
        Assert.Equal(hints, mended.Hints.Count);
        Assert.Null(mended.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("http://as135.awmdm.com")]
    [InlineData("ftp://as135.awmdm.com")]
    [InlineData("https://user:secret@as135.awmdm.com")]
    public void Refuses_what_cannot_be_mended(string typed)
    {
        var mended = AddressHint.Mend(typed);

        Assert.Null(mended.Address);
        Assert.NotNull(mended.Error);
        Assert.DoesNotContain("secret", mended.Error, StringComparison.Ordinal);
    }
}
