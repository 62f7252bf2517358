using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

public sealed class StixPatternTests
{
    [Theory]
    [InlineData("[app:id='com.example.a']", IndicatorKind.AppId, "com.example.a")]
    [InlineData("[ app:id = 'com.example.a' ]", IndicatorKind.AppId, "com.example.a")]
    [InlineData(
        "[app:cert.sha1='00000000000000000000000000000000000000ab']",
        IndicatorKind.AppCertificateSha1,
        "00000000000000000000000000000000000000AB"
    )]
    [InlineData("[app:cert.md5='ab']", IndicatorKind.AppCertificateMd5, "AB")]
    [InlineData("[configuration-profile:id='A-B']", IndicatorKind.ProfileId, "A-B")]
    [InlineData("[android-property:name='x']", IndicatorKind.AndroidProperty, "x")]
    [InlineData("[domain-name:value='a.example']", IndicatorKind.Domain, "a.example")]
    [InlineData("[ipv4-addr:value='192.0.2.1']", IndicatorKind.IpAddress, "192.0.2.1")]
    [InlineData("[file:hashes.sha256='ab']", IndicatorKind.FileHash, "AB")]
    [InlineData("[file:hashes.'SHA-256'='ab']", IndicatorKind.FileHash, "AB")]
    [InlineData("[file:path='/a b']", IndicatorKind.FilePath, "/a b")]
    [InlineData("[file:name='it\\\\'s']", IndicatorKind.FileName, "it's")]
    [InlineData("[process:name='x']", IndicatorKind.Process, "x")]
    [InlineData("[email-addr:value='a@b.example']", IndicatorKind.Email, "a@b.example")]
    [InlineData("[url:value='https://a.example/x']", IndicatorKind.Url, "https://a.example/x")]
    [InlineData("[app:id LIKE 'com.example.%']", IndicatorKind.AppIdPattern, "^com\\.example\\..*$")]
    [InlineData("[app:id MATCHES '^com']", IndicatorKind.AppIdPattern, "^com")]
    public void Reads_each_form_in_use(string pattern, IndicatorKind kind, string value)
    {
        var indicator = Assert.Single(FeedFiles.Accepted(FeedFiles.Bundle(pattern), "x.stix2").Indicators);

        Assert.Equal((kind, value), (indicator.Kind, indicator.Value));
    }

    [Theory]
    [InlineData("[app:id='com.a.b' OR app:id='com.a.c']")]
    [InlineData("[app:id='com.a.b'] OR [app:id='com.a.c']")]
    [InlineData("[app:id IN ('com.a.b', 'com.a.c')]")]
    [InlineData("[(app:id='com.a.b' OR app:id='com.a.c')]")]
    public void Takes_alternatives_apart(string pattern)
    {
        var content = FeedFiles.Accepted(FeedFiles.Bundle(pattern), "x.stix2");

        Assert.Equal(["com.a.b", "com.a.c"], content.Indicators.Select(indicator => indicator.Value));
        Assert.Equal(2, content.Indicators.Select(indicator => indicator.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("[app:id='com.a.b' AND file:name='x']")]
    [InlineData("[app:id='com.a.b'] AND [file:name='x']")]
    [InlineData("[app:id='com.a.b'] FOLLOWEDBY [app:id='com.a.c']")]
    [InlineData("([app:id='com.a.b'] AND [app:id='com.a.c']) WITHIN 5 SECONDS")]
    [InlineData("[app:id != 'com.a.b']")]
    [InlineData("[app:id NOT IN ('com.a.b')]")]
    [InlineData("[app:version > '3']")]
    public void Never_tests_half_of_what_belongs_together(string pattern)
    {
        var indicator = Assert.Single(FeedFiles.Accepted(FeedFiles.Bundle(pattern), "x.stix2").Indicators);

        Assert.Equal((IndicatorKind.Compound, pattern), (indicator.Kind, indicator.Value));
        Assert.False(indicator.IsTestable);
    }

    [Fact]
    public void Leaves_out_what_the_feed_has_revoked()
    {
        var text = FeedFiles
            .Bundle("[app:id='com.a.b']")
            .Replace("\"id\"", "\"revoked\":true,\"id\"", StringComparison.Ordinal);

        Assert.Empty(FeedFiles.Accepted(text, "x.stix2").Indicators);
    }
}
