using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Deployment;

/// <summary>One per integration: sends its messages, one nudge at a time, beside the work at its publications.</summary>
public interface INudgeGrain : IGrainWithGuidKey
{
    /// <summary>There may be something to send. Returns at once; what to send is in the database.</summary>
    Task PokeAsync();
}

internal sealed class NudgeGrain(
    NudgeRunner runner,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<NudgeGrain> log
) : PokedGrain(host, lease), INudgeGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunDueAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        NudgeLog.GrainFailed(log, integration, failure);
}
