using System.Text;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Feeds are UTF-8. Anything else is refused by its name: half of it would be read as something else.</summary>
internal static class FeedEncoding
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Null when it may be UTF-8.</summary>
    public static FeedError? Refuse(ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..])
        {
            return new FeedError(1, 1, "The file is UTF-16 or UTF-32. Save it as UTF-8.");
        }

        var zero = content.IndexOf((byte)0);
        return zero < 0
            ? null
            : new FeedError(LineOf(content, zero), 1, "The file holds a NUL: it is no text, or it is damaged.");
    }

    public static string Decode(ReadOnlySpan<byte> content)
    {
        var bytes = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var line = LineOf(bytes, Math.Clamp(exception.Index, 0, bytes.Length));
            throw JsonTree.Unreadable(line, 1, "This text is not valid UTF-8. Save the file as UTF-8.");
        }
    }

    private static int LineOf(ReadOnlySpan<byte> content, int offset) => content[..offset].Count((byte)'\n') + 1;
}
