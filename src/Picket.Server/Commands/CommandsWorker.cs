using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>Takes up commands that are due, those that a stopped process left too. All of it stands in the database.</summary>
internal sealed class CommandsWorker(
    PicketDatabase database,
    IGrainFactory grains,
    IOptions<CommandOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<CommandsWorker> log
) : LoneWork(lifetime, lease)
{
    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds), time);
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
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var due = await db
            .DeviceCommands.Where(row => row.GoesOnAt <= now)
            .Select(row => row.IntegrationId)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var integration in due)
        {
            await grains.GetGrain<ICommandGrain>(integration).PokeAsync();
        }
    }
}
