using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>One per integration: makes its app groups true, one run at a time.</summary>
public interface IAppGroupGrain : IGrainWithGuidKey
{
    /// <summary>There may be a run to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class AppGroupGrain(
    AppGroupRunner runner,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<AppGroupGrain> log
) : PokedGrain(host, lease), IAppGroupGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunOpenAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        AppGroupLog.Failed(log, integration, failure);
}

/// <summary>Says that findings of an integration changed.</summary>
public sealed class AppGroupSignal : Signal;

internal static partial class AppGroupLog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Keeping the app groups of integration {Integration} stopped; the next run goes on from the ledger."
    )]
    public static partial void Failed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Run {Run} of app groups ended {State}: {Confirmed} confirmed, {Failed} failed, {Calls} calls. {Reasons}"
    )]
    public static partial void RunEnded(
        ILogger log,
        Guid run,
        Picket.Api.RunState state,
        int confirmed,
        int failed,
        long calls,
        string reasons
    );

    [LoggerMessage(3, LogLevel.Error, "Run {Run} of app groups broke.")]
    public static partial void RunBroke(ILogger log, Guid run, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "Looking which apps to deny failed; it is tried again. No wish was lost.")]
    public static partial void LookFailed(ILogger log, Exception failure);
}
