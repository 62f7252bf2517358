using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// What becomes of devices that a listing lacks (law 1): 1 compare; 2 is the listing whole, and the loss under the
/// brake; 3 prove each loss; 4 remove what is proven, and shown where somebody was asked, with its history.
/// </summary>
internal static class DeviceLoss
{
    public static async Task SettleAsync(
        IServiceProvider services,
        SyncRun run,
        ListingReport report,
        ListedDevices listed,
        DeviceScope scope,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var loss = await MissingDevices.FindAsync(database, run.Integration.Id, listed, cancellation); // 1
        var facts = ListingFactsOf.Report(report) with
        {
            GroupReadable = await OrganizationGroupStage.IsReadableAsync(run, cancellation),
            StoredBefore = loss.Stored,
            Missing = loss.Count,
        };
        var approved = run.Row.HoldApproved ? run.Row.HeldLost : null;
        switch (LossPlan.Decide(facts, new LossBrake(), approved)) // 2
        {
            case LossOutcome.RemoveMissing when loss.Count > 0:
                var proof = await LossProof.OfAsync(services, run, loss, scope, cancellation); // 3
                await RemoveAsync(services, run, await ShownAsync(database, run, proof, cancellation), cancellation); // 4
                break;
            case LossOutcome.HoldForApproval held:
                await NameAsync(services, run, loss, cancellation);
                (run.Row.HeldLost, run.Row.HeldStored, run.Row.HoldApproved) = (held.Lost, held.StoredBefore, false);
                break;
            case LossOutcome.Incomplete incomplete:
                run.Incomplete(incomplete.Explanation);
                break;
        }
    }

    /// <summary>Who is asked to approve the loss can see of what.</summary>
    private static async Task NameAsync(
        IServiceProvider services,
        SyncRun run,
        MissingDevices loss,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var traces = loss
            .Unlisted.Concat(loss.OutOfScope)
            .Select(device => RunTraceRow.Of(run.Row, "devices", device.Id, RunRowChange.Missing, now))
            .ToList();
        await run.WriteAsync(
            database,
            async db =>
            {
                await Missing(db, run.Row).ExecuteDeleteAsync(cancellation); // Of a hold before this one.
                await database.Bulk.InsertAsync(db, traces, cancellation);
            },
            cancellation
        );
    }

    /// <summary>
    /// After an approval only what was shown goes. What has gone missing since then is for the next run: it is not what
    /// somebody agreed to.
    /// </summary>
    private static async Task<IReadOnlyList<LeavingDevice>> ShownAsync(
        PicketDatabase database,
        SyncRun run,
        LossProof proof,
        CancellationToken cancellation
    )
    {
        if (!run.Row.HoldApproved)
        {
            return proof.Leaving;
        }

        await using var db = database.Open();
        var shown = await Missing(db, run.Row).Select(trace => trace.RowId).ToHashSetAsync(cancellation);
        var agreed = proof.Leaving.Where(device => shown.Contains(device.Id)).ToList();
        if (proof.Leaving.Count - agreed.Count is var others and > 0)
        {
            run.Note(
                others == 1
                    ? "1 device went missing after the loss was approved; it stays until the next run."
                    : $"{others} devices went missing after the loss was approved; they stay until the next run."
            );
        }

        return agreed;
    }

    private static IQueryable<RunTraceRow> Missing(PicketDbContext db, SyncRunRow run) =>
        db.RunTraces.Where(trace =>
            trace.RunId == run.Id && trace.Kind == "devices" && trace.Change == RunRowChange.Missing
        );

    private static async Task RemoveAsync(
        IServiceProvider services,
        SyncRun run,
        IReadOnlyList<LeavingDevice> leaving,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        run.Count("devices", removed: leaving.Count);
        run.Row.HeldLost = run.Row.HoldApproved ? run.Row.HeldLost : null;
        await run.WriteAsync(
            database,
            async db =>
            {
                foreach (var part in leaving.Select(device => device.Id).Chunk(1000))
                {
                    await db
                        .Devices.Where(row => part.Contains(row.Id))
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(row => row.GoneAt, now).SetProperty(row => row.JudgingDue, false),
                            cancellation
                        );
                    await FindingEnds.DevicesLeftAsync(db, part, now, cancellation);
                }

                await database.Bulk.InsertAsync(
                    db,
                    [.. leaving.Select(device => Departure(device, run.Row.Id, now))],
                    cancellation
                );
            },
            cancellation
        );
    }

    private static DeviceChangeRow Departure(LeavingDevice device, Guid run, DateTimeOffset now) =>
        DeviceHistory.Change(
            device.Id,
            now,
            DeviceHistory.Presence,
            DeviceHistory.Present,
            device.LeftScope ? "left the scope" : "gone",
            run
        );
}
