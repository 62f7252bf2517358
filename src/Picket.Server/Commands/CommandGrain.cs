using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Commands;

/// <summary>One per integration: sends and follows its commands, one at a time.</summary>
public interface ICommandGrain : IGrainWithGuidKey
{
    /// <summary>There may be something to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class CommandGrain(
    CommandRunner runner,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<CommandGrain> log
) : PokedGrain(host, lease), ICommandGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunDueAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        CommandLog.GrainFailed(log, integration, failure);
}
