using Picket.Core.Intelligence.Formats;

namespace Picket.Core.Intelligence;

/// <summary>The way in for feed files: recognises the format, and parses by format or by recognition.</summary>
public static class FeedFormats
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        Detect(content, origin.FileName) is { } format ? Parse(format, content, origin)
        : FeedEncoding.Refuse(content.Span) is { } encoding ? new FeedParse(null, [encoding])
        : new FeedParse(
            null,
            [
                new FeedError(
                    1,
                    1,
                    "The format is not recognised. Picket reads SOFA v2, endoflife release data and product pages, "
                        + "CISA KEV, OSV records of Android, stalkerware-indicators YAML, STIX 2.1 bundles and CSV "
                        + "whose first line is a header with 'kind' and 'value'."
                ),
            ]
        );

    public static FeedParse Parse(FeedFormat format, ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        format switch
        {
            FeedFormat.SofaIos => SofaIosFeed.Parse(content, origin),
            FeedFormat.EndOfLifeReleases => EndOfLifeReleasesFeed.Parse(content, origin),
            FeedFormat.EndOfLifeProduct => EndOfLifeProductFeed.Parse(content, origin),
            FeedFormat.CisaKev => CisaKevFeed.Parse(content, origin),
            FeedFormat.StalkerwareIndicators => StalkerwareFeed.Parse(content, origin),
            FeedFormat.OsvAndroid => OsvAndroidFeed.Parse(content, origin),
            FeedFormat.Csv => CsvFeed.Parse(content, origin),
            FeedFormat.Own => new FeedParse(
                null,
                [
                    new FeedError(
                        1,
                        1,
                        "Own indicators are typed one by one and come from no file. A list of them is CSV."
                    ),
                ]
            ),
            _ => StixFeed.Parse(content, origin),
        };

    /// <summary>Looks at the beginning only; null when nothing is recognised.</summary>
    public static FeedFormat? Detect(ReadOnlyMemory<byte> content, string? fileName = null) =>
        FormatDetection.Detect(content.Span, fileName);
}
