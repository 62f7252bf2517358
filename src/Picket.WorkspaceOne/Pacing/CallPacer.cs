using System.Globalization;
using System.Net.Http.Headers;

namespace Picket.WorkspaceOne.Pacing;

/// <summary>
/// Keeps the calls of one integration under its share of the UEM's budget. Thread-safe; hand the same pacer to the
/// next client of the same UEM, so that a rotated credential does not start the count anew.
/// </summary>
public sealed class CallPacer
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly CallPacerOptions options;
    private readonly TimeProvider time;
    private readonly Queue<long> lastMinute = [];
    private long? limit;
    private long? remaining;
    private DateTimeOffset? resetAt;
    private DateTimeOffset holdUntil;
    private long callsMade;

    /// <summary>Makes a pacer.</summary>
    /// <param name="options">Shares and limits; null for the defaults.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CallPacer(CallPacerOptions? options = null, TimeProvider? time = null)
    {
        this.options = (options ?? new CallPacerOptions()).Validated();
        this.time = time ?? TimeProvider.System;
        if (this.options.Resume is { } earlier)
        {
            (limit, remaining, resetAt, callsMade) = (
                earlier.Limit,
                earlier.Remaining,
                earlier.ResetAt,
                earlier.CallsMade
            );
        }
    }

    /// <summary>The budget as last seen.</summary>
    public QuotaSnapshot Snapshot
    {
        get
        {
            lock (gate)
            {
                return SnapshotLocked();
            }
        }
    }

    /// <summary>Waits for the next free slot and takes it.</summary>
    /// <exception cref="QuotaExhaustedException">The share or the quota is spent.</exception>
    internal async ValueTask EnterAsync(CallClass callClass, string route, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wait = TryTake(callClass, route);
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            // Timers count whole milliseconds; rounding down would spin through the last one.
            var delay = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over what an answer says about the day's quota.</summary>
    internal void Learn(HttpResponseHeaders headers)
    {
        if (Number(headers, "x-ratelimit-limit") is not { } newLimit || newLimit <= 0)
        {
            return;
        }

        var newRemaining = Number(headers, "x-ratelimit-remaining");
        var newReset = Reset(headers);
        lock (gate)
        {
            if (newReset < resetAt)
            {
                return; // an answer of the window before, overtaken by a later one
            }

            if (resetAt is not null && newReset > resetAt)
            {
                (callsMade, remaining) = (1, null);
            }

            // Answers of calls in flight arrive in any order; within a window the lowest figure is the newest.
            (limit, resetAt) = (newLimit, newReset ?? resetAt);
            remaining = remaining is { } known && newRemaining is { } seen ? Math.Min(known, seen) : newRemaining;
        }
    }

    /// <summary>After a 429: nobody sends before the wait that the server asked for is over.</summary>
    internal void Hold(TimeSpan wait)
    {
        lock (gate)
        {
            var until = time.GetUtcNow() + wait;
            holdUntil = until > holdUntil ? until : holdUntil;
        }
    }

    private TimeSpan TryTake(CallClass callClass, string route)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= resetAt)
            {
                (remaining, resetAt, callsMade) = (null, null, 0);
            }

            RefuseWhenSpent(callClass, route);
            var wait = holdUntil - now;
            if (wait <= TimeSpan.Zero)
            {
                wait = WaitForMinute();
            }

            if (wait <= TimeSpan.Zero)
            {
                callsMade++;
            }

            return wait;
        }
    }

    private void RefuseWhenSpent(CallClass callClass, string route)
    {
        var snapshot = SnapshotLocked();
        if (snapshot.Share is not { } share)
        {
            return;
        }

        var reserve = callClass == CallClass.Background ? (long)Math.Ceiling(share * options.InteractiveReserve) : 0;
        var spent = callsMade >= share - reserve;
        var empty = resetAt is not null && remaining <= reserve;
        if (!spent && !empty)
        {
            return;
        }

        var what = spent
            ? $"{callsMade} of {share - reserve} calls of our share are made"
            : $"{remaining} calls are left";
        var facts = new FailureFacts
        {
            Stage = FailureStage.Pacing,
            Route = route,
            Reason =
                $"{what} (daily limit {limit}); the UEM's day ends at {resetAt?.ToString("u") ?? "an unknown time"}.",
            NotActedOn = true,
        };
        throw new QuotaExhaustedException(facts, snapshot);
    }

    private TimeSpan WaitForMinute()
    {
        if (options.CallsPerMinute is not { } most)
        {
            return TimeSpan.Zero;
        }

        var now = time.GetTimestamp();
        while (lastMinute.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Minute)
        {
            lastMinute.Dequeue();
        }

        if (lastMinute.Count >= most)
        {
            return Minute - time.GetElapsedTime(lastMinute.Peek(), now);
        }

        lastMinute.Enqueue(now);
        return TimeSpan.Zero;
    }

    private QuotaSnapshot SnapshotLocked() =>
        new(
            limit,
            remaining,
            resetAt,
            callsMade,
            limit is { } known ? Math.Max(1, (long)(known * options.Share)) : null
        );

    private static DateTimeOffset? Reset(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-reset") is { } seconds and > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
