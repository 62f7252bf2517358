using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Hosting;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Says that an integration's rules of privacy may have changed.</summary>
public sealed class PrivacySignal : Signal;

/// <summary>
/// Looks through what an integration keeps after its rules of privacy changed, a few devices at a time: what they no
/// longer allow becomes a hash or goes. A run that is under way may still write what it read by the old rules, so the
/// last look comes after it.
/// </summary>
internal sealed partial class PrivacyWorker(
    PicketDatabase database,
    AppHiding hiding,
    PrivacySignal signal,
    JudgingSignal judging,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<PrivacyWorker> log
) : LoneWork(lifetime, lease)
{
    private const int DevicesAtOnce = 200;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                signal.Take();
                var settled = await SettleAllAsync(stopping);
                await signal.WaitAsync(settled ? BetweenLooks : Soon, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                Failed(log, mistake);
                await Task.Delay(Soon, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False where something is left to look at.</returns>
    private async Task<bool> SettleAllAsync(CancellationToken stopping)
    {
        await using var db = database.Open();
        var due = await db
            .Integrations.AsNoTracking()
            .Where(row => row.PrivacyDue)
            .Select(row => new { row.Id, row.Version })
            .ToListAsync(stopping);
        var settled = true;
        foreach (var integration in due)
        {
            var underWay = await db.SyncRuns.AnyAsync(
                run => run.IntegrationId == integration.Id && run.State == RunState.Running,
                stopping
            );
            await SettleAsync(integration.Id, stopping);
            judging.Raise(integration.Id);
            // Rules that changed meanwhile have another version, and are due still.
            settled &=
                !underWay
                && await db
                    .Integrations.Where(row => row.Id == integration.Id && row.Version == integration.Version)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.PrivacyDue, false), stopping) == 1;
        }

        return settled;
    }

    private async Task SettleAsync(Guid integration, CancellationToken stopping)
    {
        AppPrivacyRules rules;
        await using (var db = database.Open())
        {
            rules = await PrivacyRules.OfAsync(db, integration, stopping);
        }

        await SettleAsync(integration, personal: true, rules.Personal, stopping);
        await SettleAsync(integration, personal: false, rules.Corporate, stopping);
    }

    private async Task SettleAsync(Guid integration, bool personal, AppKeeping keeping, CancellationToken stopping)
    {
        var last = Guid.Empty;
        while (await NextAsync(integration, personal, keeping, last, stopping) is { Length: > 0 } devices)
        {
            await Rivalry.RepeatAsync(
                async () =>
                {
                    await using var db = database.Open();
                    await using var transaction = await db.Database.BeginTransactionAsync(stopping);
                    await hiding.SettleAsync(db, devices, keeping, time.GetUtcNow(), stopping);
                    await db.SaveChangesAsync(stopping);
                    await transaction.CommitAsync(stopping);
                    return true;
                },
                givenUp: () => { }
            );
            last = devices[^1];
        }
    }

    /// <summary>The next devices of which more is kept than the rules allow.</summary>
    private async Task<Guid[]> NextAsync(
        Guid integration,
        bool personal,
        AppKeeping keeping,
        Guid last,
        CancellationToken stopping
    )
    {
        if (keeping is AppKeeping.Plain)
        {
            return [];
        }

        await using var db = database.Open();
        var devices = db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.Id > last)
            .WherePersonal(personal);
        devices =
            keeping is AppKeeping.Nothing
                ? devices.Where(device => db.DeviceApps.Any(held => held.DeviceId == device.Id && !held.Managed))
                : devices.Where(device =>
                    db.DeviceApps.Any(held =>
                        held.DeviceId == device.Id
                        && !held.Managed
                        && db.Apps.Any(app => app.Id == held.AppId && !app.Hashed)
                    )
                );
        return await devices.OrderBy(row => row.Id).Select(row => row.Id).Take(DevicesAtOnce).ToArrayAsync(stopping);
    }

    [LoggerMessage(1, LogLevel.Error, "What is kept of apps could not be looked through; it is tried again soon.")]
    private static partial void Failed(ILogger log, Exception mistake);
}
