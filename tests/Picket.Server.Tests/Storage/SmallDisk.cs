using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Picket.Api;

namespace Picket.Server.Tests.Storage;

/// <summary>A file system of its own in memory, which only root may mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly List<string> ballast = [];

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("picket-disk-").FullName;
        var said = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "picket", folder);
        Assert.True(
            said is null,
            $"This test mounts a small disk, which needs root and the right to mount (CAP_SYS_ADMIN). mount said: {said}"
        );
        return new SmallDisk(folder);
    }

    /// <returns>Where the copy of a data folder is; nobody may have it open.</returns>
    public string TakeCopy(string dataFolder)
    {
        SqliteConnection.ClearAllPools();
        var copy = Path.Combine(Folder, "server");
        foreach (var file in Directory.EnumerateFiles(dataFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(dataFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Fill(int leaveKilobytes)
    {
        var block = new byte[64 * 1024];
        var file = Path.Combine(Folder, $"ballast{ballast.Count}");
        ballast.Add(file);
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var free = new DriveInfo(Folder).AvailableFreeSpace;
            for (var left = free - (leaveKilobytes * 1024L); left > 0 || leaveKilobytes == 0; left -= block.Length)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it was to be.
        }
    }

    public void Free()
    {
        ballast.ForEach(File.Delete);
        ballast.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    /// <returns>What it said when it failed; null when it went well.</returns>
    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode == 0 ? null : said;
    }

    /// <summary>The log may have room left from before; each small write takes some of it.</summary>
    public static async Task<PicketApiException> UntilRefusedAsync(PicketClient picket)
    {
        for (var write = 0; write < 5000; write++)
        {
            try
            {
                await picket.CreateTokenAsync(new CreateToken($"token {write}", TokenScope.Read, 1), Cancel);
            }
            catch (PicketApiException refused)
            {
                return refused;
            }
        }

        throw new InvalidOperationException("A full disk took 5000 writes.");
    }

    /// <summary>What SQLite finds wrong with the database of a data folder; "ok" where it finds nothing.</summary>
    public static async Task<string> IntegrityAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "picket.db")}");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
