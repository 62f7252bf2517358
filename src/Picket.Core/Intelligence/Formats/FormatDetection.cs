using System.Text;
using System.Text.Json;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Tells formats apart by their outermost names; the inside is for the parsers.</summary>
internal static class FormatDetection
{
    private const int LongestHeader = 512;

    public static FeedFormat? Detect(ReadOnlySpan<byte> content, string? fileName)
    {
        if (ZipFiles.IsZip(content))
        {
            return FeedFormat.OsvAndroid;
        }

        var text = (content.StartsWith("\uFEFF"u8) ? content[3..] : content).TrimStart(" \t\r\n"u8);
        return text switch
        {
            [(byte)'{' or (byte)'[', ..] => DetectJson(text),
            [(byte)'-', (byte)'-', (byte)'-', ..] => DetectMarkup(text, fileName),
            [(byte)'-', (byte)' ', ..] or [(byte)'#', ..] => FeedFormat.StalkerwareIndicators,
            _ => IsTable(text) ? FeedFormat.Csv : null,
        };
    }

    /// <summary>A line that names the two columns that a list of indicators cannot do without.</summary>
    private static bool IsTable(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        var header = text[..Math.Min(end < 0 ? text.Length : end, LongestHeader)];
        var names = Encoding.Latin1.GetString(header).Split(',', ';', '\t').Select(name => name.Trim(' ', '"'));
        return names.Intersect(CsvFeed.Required, StringComparer.OrdinalIgnoreCase).Count() == CsvFeed.Required.Count;
    }

    /// <summary>Front matter and YAML lists may both begin with a document marker.</summary>
    private static FeedFormat DetectMarkup(ReadOnlySpan<byte> text, string? fileName)
    {
        var isYaml = fileName is not null && Path.GetExtension(fileName) is ".yaml" or ".yml";
        var startsList = text[3..].TrimStart(" \t\r\n"u8).StartsWith("- "u8);
        return isYaml || startsList ? FeedFormat.StalkerwareIndicators : FeedFormat.EndOfLifeProduct;
    }

    private static FeedFormat? DetectJson(ReadOnlySpan<byte> json)
    {
        // A file that breaks off is recognised all the same: the parser then says where it breaks.
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        var depth = json[0] is (byte)'[' ? 2 : 1;
        try
        {
            while (reader.Read())
            {
                if (
                    reader.TokenType is JsonTokenType.PropertyName
                    && reader.CurrentDepth == depth
                    && Of(ref reader) is { } format
                )
                {
                    return format;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Broken before anything was recognised, or a name is no Unicode: as unknown as no JSON at all.
        }

        return null;
    }

    private static FeedFormat? Of(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("OSVersions"u8) ? FeedFormat.SofaIos
        : reader.ValueTextEquals("vulnerabilities"u8) ? FeedFormat.CisaKev
        : reader.ValueTextEquals("catalogVersion"u8) ? FeedFormat.CisaKev
        : reader.ValueTextEquals("affected"u8) ? FeedFormat.OsvAndroid
        : reader.ValueTextEquals("objects"u8) ? FeedFormat.Stix21
        : reader.ValueTextEquals("versions"u8) ? FeedFormat.EndOfLifeReleases
        : null;
}
