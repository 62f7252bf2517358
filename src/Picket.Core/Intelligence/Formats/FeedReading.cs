using System.Security.Cryptography;

namespace Picket.Core.Intelligence.Formats;

internal delegate FeedNode TreeReader(ReadOnlySpan<byte> content);

/// <summary>What a format's own code makes of the tree; the date and version are what the file says of itself.</summary>
internal sealed record FeedBody(FeedContent Content, string? Version, DateOnly? Date);

/// <summary>The frame around every format: size, tree, errors, source.</summary>
internal static class FeedReading
{
    public static readonly FeedSource Unsourced = new("", default, "", null, new FeedLicence("", "", false));

    public static FeedParse Read(
        FeedFormat format,
        ReadOnlyMemory<byte> content,
        FeedOrigin origin,
        TreeReader readTree,
        Func<FeedNode, FeedErrors, FeedBody?> read
    ) =>
        Read(
            format,
            content,
            origin,
            errors =>
                FeedEncoding.Refuse(content.Span) is { } refusal
                    ? throw new FeedUnreadableException(refusal)
                    : read(readTree(content.Span), errors)
        );

    /// <summary>For files that are more than one tree.</summary>
    public static FeedParse Read(
        FeedFormat format,
        ReadOnlyMemory<byte> content,
        FeedOrigin origin,
        Func<FeedErrors, FeedBody?> read
    )
    {
        var errors = new FeedErrors();
        if (content.Length > FeedLimits.LargestFile)
        {
            var message = $"The file has {content.Length} bytes; at most {FeedLimits.LargestFile} are read.";
            return new FeedParse(null, [new FeedError(1, 1, message)]);
        }

        try
        {
            var body = read(errors);
            return errors.Any || body is null
                ? new FeedParse(null, errors.All)
                : new FeedParse(WithSource(body, format, content, origin), []);
        }
        catch (FeedUnreadableException exception)
        {
            return new FeedParse(null, [.. errors.All, errors.Placed(exception.Error)]);
        }
    }

    private static FeedContent WithSource(
        FeedBody body,
        FeedFormat format,
        ReadOnlyMemory<byte> content,
        FeedOrigin origin
    ) =>
        body.Content with
        {
            Source = new FeedSource(
                origin.Name,
                format,
                origin.Version ?? body.Version ?? HashOf(content),
                body.Date,
                origin.Licence ?? FeedLicences.Of(format)
            ),
        };

    private static string HashOf(ReadOnlyMemory<byte> content) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content.Span))[..16];
}
