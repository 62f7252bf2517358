using Microsoft.Extensions.Options;

namespace Picket.Server.Intelligence.Sources;

/// <summary>
/// Reads a feed from below the one folder that the server's settings name (<c>Feeds:Folder</c>). No way leads out of it:
/// no step up, and no link. Half of a list looks like a list, so that a file is taken only when nobody writes it any more.
/// </summary>
internal sealed class FeedFolder(IOptions<FeedOptions> options, TimeProvider time)
{
    private const int MostFiles = 10_000;

    /// <summary>A file that was written before that is taken at once.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    public bool IsNamed => !string.IsNullOrWhiteSpace(options.Value.Folder);

    /// <exception cref="FeedSourceException">There is no file; says why.</exception>
    public async Task<FetchedFile> ReadAsync(string path, CancellationToken cancellation)
    {
        var file = Find(path);
        if (file.Length > FeedUpload.LargestFile)
        {
            throw new FeedSourceException(
                $"{file.Name} has {file.Length / 1024 / 1024:N0} MiB; a feed's file may have "
                    + $"{FeedUpload.LargestFile / 1024 / 1024} MiB at most."
            );
        }

        try
        {
            var (length, written) = (file.Length, file.LastWriteTimeUtc);
            if (time.GetUtcNow().UtcDateTime - written <= Settled)
            {
                await Task.Delay(SecondLook, time, cancellation);
                RefuseIfChanged(file, length, written);
            }

            var bytes = new byte[length];
            await using (var stream = file.OpenRead())
            {
                await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            }

            RefuseIfChanged(file, length, written);
            return new FetchedFile(bytes, file.Name, LastModified: written);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FeedSourceException($"{file.Name} cannot be read: {failure.Message}");
        }
    }

    private static void RefuseIfChanged(FileInfo file, long length, DateTime written)
    {
        file.Refresh();
        if (!file.Exists || IsLink(file) || file.Length != length || file.LastWriteTimeUtc != written)
        {
            throw new FeedSourceException(
                $"{file.Name} is still being written; it is looked at again. Copy it under a name that begins with a dot, and "
                    + "rename it when it is whole."
            );
        }
    }

    private FileInfo Find(string path)
    {
        if (!IsNamed)
        {
            throw new FeedSourceException(
                "This server's settings name no folder of feeds. Set Feeds:Folder and restart the server."
            );
        }

        if (FeedSourceRules.MistakeInPath(path) is { } mistake)
        {
            throw new FeedSourceException(mistake);
        }

        var place = Path.GetFullPath(options.Value.Folder!);
        foreach (var step in path.Split('/').Where(step => step != "."))
        {
            place = Path.Combine(place, step);
            if (IsLink(new FileInfo(place)))
            {
                throw new FeedSourceException(
                    $"{path} leads over a link ({step}). Links are not followed; copy the file."
                );
            }
        }

        return Directory.Exists(place) ? Newest(new DirectoryInfo(place), path)
            : new FileInfo(place) is { Exists: true, Length: > 0 } file ? file
            : throw new FeedSourceException(
                $"There is no file or folder {path} below the server's folder of feeds, or it is empty."
            );
    }

    private static FileInfo Newest(DirectoryInfo folder, string path)
    {
        try
        {
            return folder
                    .EnumerateFiles()
                    .Take(MostFiles)
                    // What is no plain file (a pipe, a device) has no length, and to open it may never end.
                    .Where(file => !file.Name.StartsWith('.') && !IsLink(file) && file.Length > 0)
                    .OrderByDescending(file => file.LastWriteTimeUtc)
                    .ThenBy(file => file.Name, StringComparer.Ordinal)
                    .FirstOrDefault()
                ?? throw new FeedSourceException($"The folder {path} holds no file. Put the feed's file there.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FeedSourceException($"The folder {path} cannot be read: {failure.Message}");
        }
    }

    private static bool IsLink(FileSystemInfo place) => place.LinkTarget is not null;
}
