using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Picket.Core.Intelligence;

namespace Picket.Server.Intelligence;

/// <summary>How a feed's file becomes a row and a row becomes its content again.</summary>
internal static class StoredFeed
{
    public static FeedVersionRow Row(
        Guid feed,
        byte[] file,
        string? fileName,
        FeedContent content,
        FeedShift shift,
        Guid? comparedWith,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            FeedId = feed,
            Sha256 = Sha256(file),
            ImportedAt = now,
            FeedDate = content.Source.Date is { } date ? new(date, TimeOnly.MinValue, TimeSpan.Zero) : null,
            Version = content.Source.Version,
            FileName = fileName,
            Licence = content.Source.Licence.Name,
            Attribution = content.Source.Licence.Attribution,
            AttributionRequired = content.Source.Licence.AttributionRequired,
            Counts = JsonSerializer.Serialize(CountsOf(content.Counts)),
            Added = shift.Added,
            Removed = shift.Removed,
            Changed = shift.Changed,
            ComparedWith = comparedWith,
            Content = Compress(file),
        };

    public static FeedParse Parse(FeedRow feed, FeedVersionRow row)
    {
        var licence = row.Licence is { } name
            ? new FeedLicence(name, row.Attribution ?? "", row.AttributionRequired)
            : null;
        var origin = new FeedOrigin(feed.Name, row.FileName, row.Version, licence);
        if (Format(feed.Format) is not { } format)
        {
            return Unreadable($"This version of Picket does not know the format {feed.Format}.");
        }

        try
        {
            return FeedFormats.Parse(format, Decompress(row.Content), origin);
        }
        catch (InvalidDataException damaged)
        {
            return Unreadable($"The stored file is damaged: {damaged.Message}");
        }
    }

    public static FeedFormat? Format(string name) => Enum.TryParse<FeedFormat>(name, out var format) ? format : null;

    public static string Sha256(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    public static IReadOnlyDictionary<string, int> Counts(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, int>>(json) ?? [];

    private static FeedParse Unreadable(string mistake) => new(null, [new FeedError(1, 1, mistake)]);

    private static Dictionary<string, int> CountsOf(FeedCounts counts) =>
        new()
        {
            ["entries"] = counts.Entries,
            ["indicators"] = counts.Indicators,
            ["testable"] = counts.Testable,
            ["notTestableYet"] = counts.NotCollected,
            ["duplicates"] = counts.Duplicates,
            ["releases"] = counts.Releases,
            ["trains"] = counts.Trains,
            ["hardware"] = counts.Hardware,
            ["exploited"] = counts.Exploited,
            ["fixes"] = counts.Fixes,
        };

    private static byte[] Compress(byte[] file)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest))
        {
            brotli.Write(file);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] content)
    {
        using var file = new MemoryStream();
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        brotli.CopyTo(file);
        return file.ToArray();
    }
}
