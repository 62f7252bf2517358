using Picket.WorkspaceOne.Diagnostics;

namespace Picket.WorkspaceOne.Pacing;

/// <summary>
/// Counts what goes through one view of a client (<see cref="WorkspaceOneClient.Metered"/>), so that work that shares
/// a client, and its budget, with other work knows its own part. Thread-safe.
/// </summary>
public sealed class CallMeter
{
    private long calls;
    private long bytes;
    private long sentTicks;

    /// <summary>Calls let through, retries included.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Bytes of the bodies of answers, decompressed; those of error answers too.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>When the newest call, or retry, was handed to the network (UTC); null before the first one.</summary>
    public DateTimeOffset? SentAt =>
        Interlocked.Read(ref sentTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// Counts, for this view alone, the fields that the client does not read; null counts none. A counter looks at a few
    /// answers of each route, so it may be on in every run.
    /// </summary>
    public UnknownFieldCounter? UnknownFields { get; init; }

    internal void Called() => Interlocked.Increment(ref calls);

    internal void Sending(DateTimeOffset now) => Interlocked.Exchange(ref sentTicks, now.UtcTicks);

    internal void Received(int length) => Interlocked.Add(ref bytes, length);
}
