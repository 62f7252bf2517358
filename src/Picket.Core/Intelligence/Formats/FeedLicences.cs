namespace Picket.Core.Intelligence.Formats;

/// <summary>The licence of each format's usual public source, for files that come without another.</summary>
public static class FeedLicences
{
    /// <summary>The files of <c>samples/feeds</c>.</summary>
    public static readonly FeedLicence Samples = new("CC0-1.0", "Picket's sample feeds", false);

    public static FeedLicence Of(FeedFormat format) =>
        format switch
        {
            FeedFormat.SofaIos => new("Apache-2.0", "SOFA by Mac Admins Open Source, github.com/macadmins/sofa", true),
            FeedFormat.EndOfLifeReleases => new("MIT", "endoflife.date release data, github.com/endoflife-date", true),
            FeedFormat.EndOfLifeProduct => new("MIT", "endoflife.date, github.com/endoflife-date", true),
            FeedFormat.CisaKev => new("CC0-1.0", "Known Exploited Vulnerabilities catalogue by CISA", false),
            FeedFormat.StalkerwareIndicators => new(
                "CC-BY-4.0",
                "Stalkerware Indicators of Compromise by Echap and contributors, "
                    + "github.com/AssoEchap/stalkerware-indicators, CC-BY-4.0 (creativecommons.org/licenses/by/4.0)",
                true
            ),
            FeedFormat.OsvAndroid => new("not stated", "Android Security Bulletins as OSV records, osv.dev", true),
            FeedFormat.Csv => new("not stated", "", false),
            FeedFormat.Own => new("own", "typed by the organization", false),
            _ => new("MIT", "MVT indicators by the MVT project authors, github.com/mvt-project/mvt-indicators", true),
        };
}
