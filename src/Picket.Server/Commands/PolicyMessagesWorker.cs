using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orleans;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>One per integration: looks what users are to be told.</summary>
public interface IPolicyMessageGrain : IGrainWithGuidKey
{
    /// <summary>Returns at once; what the policy wants is in the database.</summary>
    Task PokeAsync();
}

internal sealed class PolicyMessageGrain(
    PolicyMessageScan scan,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<PolicyMessageGrain> log
) : PokedGrain(host, lease), IPolicyMessageGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        scan.LookAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        CommandLog.GrainFailed(log, integration, failure);
}

/// <summary>Has each integration looked at now and then: findings become old enough by themselves.</summary>
internal sealed class PolicyMessagesWorker(
    PicketDatabase database,
    IGrainFactory grains,
    IOptions<CommandOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<PolicyMessagesWorker> log
) : LoneWork(lifetime, lease)
{
    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(
            TimeSpan.FromMilliseconds(options.Value.PolicyMessagesEveryMilliseconds),
            time
        );
        do
        {
            try
            {
                await PokeAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                CommandLog.LookFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task PokeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        // Also where they were switched off since: what waits there is dropped with its version.
        var integrations = await db.Integrations.Select(row => row.Id).ToListAsync(cancellation);
        foreach (var integration in integrations)
        {
            await grains.GetGrain<IPolicyMessageGrain>(integration).PokeAsync();
        }
    }
}
