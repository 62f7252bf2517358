using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Emulator.Record;

/// <summary>One request as the server saw it. Holds no header, no body and no secret.</summary>
/// <param name="MissingRight">The row of the role editor whose absence refused it.</param>
/// <param name="Why">What was wrong, in more words than the caller was told.</param>
public sealed record LoggedRequest(
    long Number,
    DateTimeOffset At,
    string Method,
    string Path,
    string Query,
    string? Account,
    int Status,
    int? ErrorCode,
    string? MissingRight,
    string? Fault,
    string? Why = null
);

/// <summary>The latest requests, and how many there were of each route since the start.</summary>
public sealed class RequestLog
{
    private const int Kept = 50_000;

    private readonly ConcurrentQueue<LoggedRequest> latest = new();
    private readonly ConcurrentDictionary<string, long> byRoute = new();
    private long total;
    private long bytesSent;

    public long Total => Interlocked.Read(ref total);

    /// <summary>Bytes of the bodies of whole answers, before they are compressed.</summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Calls by method and route template, such as <c>GET mdm/devices/search</c>.</summary>
    public IReadOnlyDictionary<string, long> ByRoute => byRoute;

    public IReadOnlyList<LoggedRequest> Entries => [.. latest];

    /// <summary>Calls of one route, such as <c>POST mdm/devices/bulk</c>.</summary>
    public long Count(string route) => byRoute.GetValueOrDefault(route);

    public void Clear()
    {
        latest.Clear();
        byRoute.Clear();
        Interlocked.Exchange(ref total, 0);
        Interlocked.Exchange(ref bytesSent, 0);
    }

    /// <summary>Before they go out, so that whoever has them finds them counted.</summary>
    internal void Sends(int bytes) => Interlocked.Add(ref bytesSent, bytes);

    internal void Add(LoggedRequest request, string route)
    {
        latest.Enqueue(request with { Number = Interlocked.Increment(ref total) });
        byRoute.AddOrUpdate(route, 1, static (_, count) => count + 1);
        if (latest.Count > Kept)
        {
            latest.TryDequeue(out _);
        }
    }
}
