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
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    // Nodes of one UEM name ends that differ by seconds. A real new window ends a day later.
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly CallPacerOptions options;
    private readonly TimeProvider time;
    private readonly Queue<long> lastMinute = [];
    private long? limit;
    private long? remaining;
    private DateTimeOffset? resetAt;
    private bool estimated;
    private (DateTimeOffset ResetAt, long CallsMade) rolled;
    private TimeSpan ahead;
    private DateTimeOffset holdUntil;
    private long callsMade;

    /// <summary>The resumed state, until the first answer shows what was spent after it was saved.</summary>
    private QuotaSnapshot? unsettled;

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
            unsettled = earlier;
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
    /// <exception cref="RateLimitedException">The server asked for a pause that lasts longer than <paramref name="longestHold"/>.</exception>
    internal async ValueTask EnterAsync(
        CallClass callClass,
        string route,
        TimeSpan longestHold,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wait = TryTake(callClass, route, longestHold);
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
        lock (gate)
        {
            if (headers.Date is { } date)
            {
                // The window is the server's, so its clock decides when it ends.
                ahead = date - time.GetUtcNow();
            }

            if (Number(headers, "x-ratelimit-limit") is { } newLimit and > 0)
            {
                limit = newLimit;
                Learn(Number(headers, "x-ratelimit-remaining"), Reset(headers));
            }
        }
    }

    /// <summary>After a 429: nobody sends before the wait that the server asked for is over.</summary>
    internal void Hold(TimeSpan wait)
    {
        lock (gate)
        {
            var until = time.GetUtcNow() + (wait < Day ? wait : Day);
            holdUntil = until > holdUntil ? until : holdUntil;
        }
    }

    private DateTimeOffset Now => time.GetUtcNow() + ahead;

    private void Learn(long? newRemaining, DateTimeOffset? reset)
    {
        var now = Now;
        if (reset <= now || (!estimated && reset < resetAt - Jitter))
        {
            // An answer of the window before, overtaken by a later one; or a server that is wrong about its own clock.
            resetAt ??= EstimateFrom(now);
            return;
        }

        if (reset > now + (2 * Day))
        {
            reset = null; // no day that we know of
        }

        if (reset is { } named && (resetAt is null || estimated))
        {
            callsMade += named - rolled.ResetAt < Jitter ? rolled.CallsMade : 0; // it had not ended after all
            (resetAt, estimated, rolled) = (named, false, default);
        }
        else if (reset > resetAt + Jitter)
        {
            // The server began a new day before we noticed; the call that brought the news is its first.
            (resetAt, callsMade, remaining) = (reset, 1, null);
        }

        resetAt ??= EstimateFrom(now);
        Settle(newRemaining);

        // Answers of calls in flight arrive in any order; within a window the lowest figure is the newest.
        remaining = remaining is { } known && newRemaining is { } seen ? Math.Min(known, seen) : newRemaining;
    }

    /// <summary>The first answer after a resumption shows what was spent since the state was saved, if the day is still the same.</summary>
    private void Settle(long? nowRemaining)
    {
        if (
            unsettled is { Remaining: { } saved, ResetAt: { } end } earlier
            && nowRemaining is { } left
            && resetAt is { } reset
            && (reset - end).Duration() < Jitter
        )
        {
            var known = callsMade - earlier.CallsMade;
            callsMade += Math.Clamp(saved - left - known, 0, options.UnsavedCalls);
        }

        unsettled = null;
    }

    /// <summary>Without a usable reset the day is a day from now on.</summary>
    private DateTimeOffset EstimateFrom(DateTimeOffset now)
    {
        estimated = true;
        return now + Day;
    }

    private TimeSpan TryTake(CallClass callClass, string route, TimeSpan longestHold)
    {
        lock (gate)
        {
            if (resetAt <= Now)
            {
                rolled = (resetAt.Value, callsMade);
                (remaining, callsMade, resetAt) = (null, 0, EstimateFrom(Now));
            }

            RefuseWhenSpent(callClass, route);
            var wait = holdUntil - time.GetUtcNow();
            if (wait > longestHold)
            {
                throw Held(route, wait);
            }

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

    private static RateLimitedException Held(string route, TimeSpan wait) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Pacing,
                Route = route,
                Reason =
                    $"Not sent: the UEM answered 429 and asked for a pause, {wait.TotalSeconds:0} s of it are left.",
                RetryAfter = wait,
                NotActedOn = true,
            }
        );

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

    /// <summary>Unix seconds; some gateways write milliseconds.</summary>
    private static DateTimeOffset? Reset(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-reset") switch
        {
            > 0 and < 100_000_000_000 and var seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
            >= 100_000_000_000 and < 253_402_300_799_000 and var milliseconds =>
                DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            _ => null,
        };

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
