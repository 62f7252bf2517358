using System.Text;

namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// A product page of endoflife: Markdown of which only the YAML between the two <c>---</c> lines is data. Operating
/// systems become trains, devices become hardware.
/// </summary>
internal static class EndOfLifeProductFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(
            FeedFormat.EndOfLifeProduct,
            content,
            origin,
            ReadFrontMatter,
            (root, errors) => Read(root, errors, origin)
        );

    private static FeedNode ReadFrontMatter(ReadOnlySpan<byte> content)
    {
        var text = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (!IsFence(text))
        {
            throw JsonTree.Unreadable(1, 1, "The front matter must begin with a line '---'.");
        }

        var body = text[(text.IndexOf((byte)'\n') + 1)..];
        var end = EndOf(body);
        return end >= 0
            ? YamlTree.Read(body[..end], lineOffset: 1)
            : throw JsonTree.Unreadable(text.Count((byte)'\n') + 1, 1, "The front matter does not end with '---'.");
    }

    private static int EndOf(ReadOnlySpan<byte> body)
    {
        for (var start = 0; start < body.Length; )
        {
            if (IsFence(body[start..]))
            {
                return start;
            }

            var next = body[start..].IndexOf((byte)'\n');
            if (next < 0)
            {
                return -1;
            }

            start += next + 1;
        }

        return -1;
    }

    private static bool IsFence(ReadOnlySpan<byte> line) =>
        line.StartsWith("---"u8) && (line.Length == 3 || line[3] is (byte)'\n' or (byte)'\r');

    private static FeedBody? Read(FeedNode root, FeedErrors errors, FeedOrigin origin)
    {
        if (!errors.IsMap(root, "The front matter"))
        {
            return null;
        }

        var product = errors.Text(root, "permalink") ?? "/" + Path.GetFileNameWithoutExtension(origin.FileName ?? "");
        var platform = EndOfLifeProducts.PlatformOf(product);
        var releases = errors.List(root, "releases", required: true).Where(node => errors.IsMap(node, "A release"));
        var pattern = errors.Text(root, "releaseLabel");
        var content = new FeedContent(FeedReading.Unsourced);
        if (errors.Text(root, "category") is "os" && platform is { } known)
        {
            var trains = releases.Select(node => ReadTrain(node, pattern, errors, known)).ToList();
            content = content with { Trains = trains, Entries = trains.Count };
        }
        else
        {
            var hardware = releases.Select(node => ReadHardware(node, product, pattern, errors)).ToList();
            content = content with { Hardware = hardware, Entries = hardware.Count };
        }

        return new FeedBody(content, null, null);
    }

    private static OsTrain ReadTrain(
        FeedNode node,
        string? pattern,
        FeedErrors errors,
        Devices.DevicePlatform platform
    ) =>
        new(
            [platform],
            errors.Text(node, "releaseCycle", required: true) ?? "",
            LabelOf(node, pattern, errors),
            errors.Date(node, "releaseDate"),
            errors.SupportEnd(node, "eol")
        );

    private static HardwareSupport ReadHardware(FeedNode node, string product, string? pattern, FeedErrors errors) =>
        new(
            product.Trim('/'),
            errors.Text(node, "releaseCycle", required: true) ?? "",
            LabelOf(node, pattern, errors),
            errors.Date(node, "releaseDate"),
            errors.SupportEnd(node, "eoas"),
            errors.SupportEnd(node, "eol")
        );

    /// <summary>The release's own label, else the page's pattern, else the cycle.</summary>
    private static string LabelOf(FeedNode node, string? pattern, FeedErrors errors)
    {
        var cycle = errors.Text(node, "releaseCycle") ?? "";
        if (errors.Text(node, "releaseLabel") is { } own)
        {
            return own.Replace("__RELEASE_CYCLE__", cycle, StringComparison.Ordinal);
        }

        return new StringBuilder(pattern ?? "__RELEASE_CYCLE__")
            .Replace("__RELEASE_CYCLE__", cycle)
            .Replace("__CODENAME__", errors.Text(node, "codename") ?? "")
            .ToString();
    }
}
