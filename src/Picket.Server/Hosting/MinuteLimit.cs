using System.Globalization;
using System.Threading.RateLimiting;

namespace Picket.Server.Hosting;

/// <summary>
/// So many requests within a minute, which begins with the first of them. By the server's clock: the limiters of .NET know
/// real time only.
/// </summary>
internal sealed class MinuteLimit(int permits, TimeProvider time) : RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private DateTimeOffset began = time.GetUtcNow();
    private int used;
    private long taken;
    private long refused;

    public override TimeSpan? IdleDuration => Left is { Ticks: <= 0 } over ? -over : null;

    private TimeSpan Left => began + Window - time.GetUtcNow();

    /// <summary>Says to who was refused when to come again.</summary>
    public static void TellWhen(HttpContext context, RateLimitLease refused)
    {
        if (refused.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (gate)
        {
            return new()
            {
                CurrentAvailablePermits = permits - used,
                TotalSuccessfulLeases = taken,
                TotalFailedLeases = refused,
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            // A clock that was set back would otherwise refuse until it is there again.
            if (Left <= TimeSpan.Zero || Left > Window)
            {
                (began, used) = (time.GetUtcNow(), 0);
            }

            if (used + permitCount > permits)
            {
                refused++;
                return new Lease(false, Left);
            }

            (used, taken) = (used + permitCount, taken + 1);
            return new Lease(true, null);
        }
    }

    /// <summary>Nobody waits in a queue.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(bool acquired, TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
