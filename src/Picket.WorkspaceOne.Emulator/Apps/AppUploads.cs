using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>Files of internal apps on their way up. Their bytes are counted and dropped.</summary>
internal sealed class AppUploads
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, (int LastChunk, long Bytes)> open = new();

    /// <summary>Null: too many uploads are open.</summary>
    public string? Begin()
    {
        var id = Guid.NewGuid().ToString();
        return open.Count < Most && open.TryAdd(id, (0, 0)) ? id : null;
    }

    /// <summary>False: no such upload, or a chunk out of order.</summary>
    public bool Take(string transaction, int chunk, long bytes) =>
        open.TryGetValue(transaction, out var had)
        && chunk == had.LastChunk + 1
        && open.TryUpdate(transaction, (chunk, had.Bytes + bytes), had);

    /// <summary>The size of the whole file; null: no such upload.</summary>
    public long? Finish(string transaction) => open.TryRemove(transaction, out var done) ? done.Bytes : null;
}
