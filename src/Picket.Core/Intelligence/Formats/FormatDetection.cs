using System.Text.Json;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Tells formats apart by their outermost names; the inside is for the parsers.</summary>
internal static class FormatDetection
{
    public static FeedFormat? Detect(ReadOnlySpan<byte> content, string? fileName)
    {
        var text = (content.StartsWith("\uFEFF"u8) ? content[3..] : content).TrimStart(" \t\r\n"u8);
        return text switch
        {
            [(byte)'{', ..] => DetectJson(text),
            [(byte)'-', (byte)'-', (byte)'-', ..] => DetectMarkup(text, fileName),
            [(byte)'-', (byte)' ', ..] or [(byte)'#', ..] => FeedFormat.StalkerwareIndicators,
            _ => null,
        };
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
        try
        {
            while (reader.Read())
            {
                if (
                    reader.TokenType is JsonTokenType.PropertyName
                    && reader.CurrentDepth == 1
                    && Of(ref reader) is { } format
                )
                {
                    return format;
                }
            }
        }
        catch (JsonException)
        {
            // Broken before anything was recognised: as unknown as no JSON at all.
        }

        return null;
    }

    private static FeedFormat? Of(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("OSVersions"u8) ? FeedFormat.SofaIos
        : reader.ValueTextEquals("vulnerabilities"u8) ? FeedFormat.CisaKev
        : reader.ValueTextEquals("catalogVersion"u8) ? FeedFormat.CisaKev
        : reader.ValueTextEquals("objects"u8) ? FeedFormat.Stix21
        : reader.ValueTextEquals("versions"u8) ? FeedFormat.EndOfLifeReleases
        : null;
}
