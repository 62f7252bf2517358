using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;
using Polly;
using Polly.Retry;

namespace Picket.WorkspaceOne.Connection;

/// <summary>When a call is tried again, and after how long.</summary>
internal static class RetryRules
{
    public static readonly ResiliencePropertyKey<ApiCall> Call = new("call");

    /// <summary>An attempt before this one may have been acted on.</summary>
    public static readonly ResiliencePropertyKey<bool> MayBeDone = new("may be done");

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    // No header tells the minute limit. Without Retry-After the waits must add up to more than that minute.
    private const int RateLimitFactor = 5;

    public static TimeSpan FirstWaitAfter429(WorkspaceOneOptions options) => options.RetryDelay * RateLimitFactor;

    public static ResiliencePipeline Build(WorkspaceOneOptions options, CallPacer pacer, TimeProvider time)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var jitter = new Jitter(options.JitterSeed);
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.MaxRetries,
                    ShouldHandle = args => ValueTask.FromResult(MayRepeat(args, options)),
                    DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(args, options, jitter)),
                    OnRetry = args =>
                    {
                        Note(args, pacer);
                        return default;
                    },
                }
            )
            .Build();
    }

    private static bool MayRepeat(RetryPredicateArguments<object> args, WorkspaceOneOptions options)
    {
        if (
            args.Outcome.Exception is not WorkspaceOneException failure
            || args.Context.CancellationToken.IsCancellationRequested
        )
        {
            return false;
        }

        var safe = failure.Facts.NotActedOn || args.Context.Properties.GetValue(Call, null!).Route.Repeatable;
        return safe
            && failure.Facts.Transient
            && failure is not QuotaExhaustedException
            && failure.Facts.RetryAfter.GetValueOrDefault() <= options.MaxRetryAfter;
    }

    private static TimeSpan Delay(RetryDelayGeneratorArguments<object> args, WorkspaceOneOptions options, Jitter jitter)
    {
        var failure = (WorkspaceOneException)args.Outcome.Exception!;
        if (failure.Facts.RetryAfter is { } asked)
        {
            // A little later than asked, and not all at the same moment.
            return asked + (options.RetryDelay * jitter.Next() * 0.5);
        }

        var first = failure is RateLimitedException ? FirstWaitAfter429(options) : options.RetryDelay;
        var backoff = first * Math.Pow(2, args.AttemptNumber) * (0.75 + (jitter.Next() * 0.5));
        return backoff < LongestBackoff ? backoff : LongestBackoff;
    }

    private static void Note(OnRetryArguments<object> args, CallPacer pacer)
    {
        var route = args.Context.Properties.GetValue(Call, null!).Name;
        Telemetry.Retries.Add(1, new KeyValuePair<string, object?>("url.template", route));
        if (args.Outcome.Exception is WorkspaceOneException { Facts.NotActedOn: false })
        {
            args.Context.Properties.Set(MayBeDone, true);
        }

        if (args.Outcome.Exception is RateLimitedException)
        {
            pacer.Hold(args.RetryDelay);
        }
    }

    /// <summary>Seedable and safe for threads; nothing secret hangs on it.</summary>
    private sealed class Jitter(int? seed)
    {
        private readonly Random random = new(seed ?? Environment.TickCount);
        private readonly Lock gate = new();

        public double Next()
        {
            lock (gate)
            {
                return random.NextDouble();
            }
        }
    }
}
