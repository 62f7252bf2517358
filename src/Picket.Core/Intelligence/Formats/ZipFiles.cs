using System.IO.Compression;

namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// The files of an archive, unpacked in memory one by one. What the archive says of its sizes is not believed: bytes are
/// counted as they come, and an archive that swells beyond what text can is refused.
/// </summary>
internal static class ZipFiles
{
    /// <summary>Below this nothing is called a bomb: short texts may be one letter, many times.</summary>
    private const long Small = 1024 * 1024;

    private static ReadOnlySpan<byte> Start => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> Listed => "PK\u0001\u0002"u8;

    public static bool IsZip(ReadOnlySpan<byte> content) => content.StartsWith(Start);

    /// <param name="ending">Only files with this ending are unpacked.</param>
    public static void ReadEach(
        ReadOnlyMemory<byte> content,
        string ending,
        FeedErrors errors,
        Action<ReadOnlyMemory<byte>> take
    )
    {
        // Before the list is read: each of its lines would become an object.
        var listed = content.Span.Count(Listed);
        if (listed > FeedLimits.MostEntries)
        {
            throw Unreadable($"The archive holds more than {FeedLimits.MostEntries} files.");
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false));
            var unpacked = 0L;
            foreach (var entry in archive.Entries)
            {
                if (entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                {
                    errors.Within = entry.Name;
                    var file = Unpack(entry, ref unpacked, content.Length);
                    take(file);
                }
            }

            errors.Within = null;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or IOException)
        {
            throw Unreadable("The archive is damaged, encrypted, or packed in a way that is not read.");
        }
    }

    private static ReadOnlyMemory<byte> Unpack(ZipArchiveEntry entry, ref long unpacked, int packed)
    {
        using var stream = entry.Open();
        using var file = new MemoryStream();
        var part = new byte[64 * 1024];
        while (stream.Read(part) is > 0 and var read)
        {
            unpacked += read;
            file.Write(part, 0, read);
            if (file.Length > FeedLimits.LargestEntry)
            {
                throw Unreadable($"The file is larger than {FeedLimits.LargestEntry} bytes when it is unpacked.");
            }

            if (unpacked > FeedLimits.LargestArchive)
            {
                throw Unreadable($"The archive unpacks to more than {FeedLimits.LargestArchive} bytes.");
            }

            if (unpacked > Small && unpacked / FeedLimits.MostSwelling > packed)
            {
                throw Unreadable($"The archive unpacks to more than {FeedLimits.MostSwelling} times its size.");
            }
        }

        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    private static FeedUnreadableException Unreadable(string message) => JsonTree.Unreadable(1, 1, message);
}
