using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Deployment;

/// <summary>One per integration: works at its publications, one at a time.</summary>
public interface IDeploymentGrain : IGrainWithGuidKey
{
    /// <summary>There may be something to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class DeploymentGrain(
    PublicationRunner runner,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<DeploymentGrain> log
) : PokedGrain(host, lease), IDeploymentGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunDueAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        DeploymentLog.GrainFailed(log, integration, failure);
}
