using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Response;

/// <summary>
/// Makes the tags of one integration true. 1 take the open run; 2 list the tags and tell ours from others'; 3 read back
/// who carries ours, which also settles what a killed run left; 4 plan; 5 ask the brake; 6 make missing tags; 7 send the
/// calls, ledger first; 8 read back what was touched; 9 close the run.
/// </summary>
public sealed class TagRunner(
    PicketDatabase database,
    UemConnections connections,
    TimeProvider time,
    ILogger<TagRunner> log
)
{
    private readonly LedgerBook ledger = new(database, time);
    private readonly TagReadBack readBack = new(database, time);

    public async Task RunOpenAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } run) // 1
        {
            try
            {
                await RunAsync(run, cancellation);
            }
            catch (Exception failure) when (failure is WorkspaceOneException or IncoherentTagsException)
            {
                run.State = RunState.Incomplete;
                run.IncompleteReasons.Add(failure.Message);
            }

            await CloseAsync(run, cancellation); // 9
        }
    }

    private async Task RunAsync(TagRunRow run, CancellationToken cancellation)
    {
        var connection = await connections.OpenAsync(run.IntegrationId, cancellation);
        var meter = new CallMeter();
        try
        {
            await MakeTrueAsync(run, connection.Client.Metered(meter), cancellation);
        }
        finally
        {
            run.UemCalls += meter.Calls;
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    private async Task MakeTrueAsync(TagRunRow run, WorkspaceOneClient client, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db.Integrations.SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        var uem = new UemTags(client, integration.OrganizationGroupId);
        var owned = await OwnedAsync(db, integration, uem, cancellation); // 2
        if (owned.Foreign.Count > 0)
        {
            throw new IncoherentTagsException(Foreign(owned));
        }

        var deviceIds = await DeviceIdsAsync(db, integration.Id, cancellation);
        await ReadBackAsync(run, uem, owned.Rows, deviceIds, cancellation); // 3

        var fleet = await TagFleet.LoadAsync(db, integration, owned.Rows, cancellation);
        var plan = TagPlanner.Plan(fleet.States, fleet.Tags, integration.TagBatchSize); // 4
        if (
            new Core.Response.TagBrake().Check(plan.ChangedDevices, fleet.Devices, run.AcceptedChanges)
            is BrakeOutcome.Held held
        ) // 5
        {
            (run.State, run.HeldChanged, run.HeldFleet) = (RunState.Held, held.Changed, held.Fleet);
            return;
        }

        (run.Adds, run.Removes) = (plan.Adds, plan.Removals);
        await MakeTagsAsync(db, run, uem, plan, owned.Rows, cancellation); // 6
        var sender = new TagSender(uem, ledger, run, owned.Rows, deviceIds);
        await sender.SendAsync(plan, integration.TagBatchSize, cancellation); // 7
        await ReadBackAsync(run, uem, sender.Touched, deviceIds, cancellation); // 8
        run.State = run.IncompleteReasons.Count == 0 ? RunState.Completed : RunState.Incomplete;
    }

    private async Task<OwnedTags> OwnedAsync(
        PicketDbContext db,
        IntegrationRow integration,
        UemTags uem,
        CancellationToken cancellation
    )
    {
        var listed = await uem.ListAsync(cancellation);
        await SettleMadeTagsAsync(db, integration.Id, listed, cancellation);
        var owned = await OwnedTags.ReconcileAsync(db, integration, listed, time.GetUtcNow(), cancellation);
        await db.SaveChangesAsync(cancellation);
        return owned;
    }

    /// <summary>
    /// A tag whose making was marked as sent, and whose answer is lost: the listing tells. It was not listed when the
    /// mark was set, so one of that name is ours.
    /// </summary>
    private async Task SettleMadeTagsAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyList<ListedTag> listed,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Ledger.Where(row =>
                row.IntegrationId == integration
                && row.Kind == LedgerKinds.CreateTag
                && row.State == Core.Response.LedgerState.Sent
            )
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var made = listed.FirstOrDefault(tag => tag.Name == entry.Subject);
            var row = await db.OwnedTags.SingleOrDefaultAsync(tag => tag.Id == entry.OwnedTagId, cancellation);
            if (made is not null && row is not null)
            {
                row.RemoteId = (int)made.Id;
            }

            entry.State = made is null ? Core.Response.LedgerState.Failed : Core.Response.LedgerState.Confirmed;
            entry.ConfirmedAt = time.GetUtcNow();
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task MakeTagsAsync(
        PicketDbContext db,
        TagRunRow run,
        UemTags uem,
        TagPlan plan,
        IReadOnlyList<OwnedTagRow> owned,
        CancellationToken cancellation
    )
    {
        foreach (var tag in plan.TagsToMake.Select(tag => owned.First(row => row.Name == tag.Name)))
        {
            var entry = await ledger.MarkSentAsync(run, tag, LedgerKinds.CreateTag, [], [], cancellation);
            try
            {
                tag.RemoteId = await uem.CreateAsync(tag.Name, cancellation);
            }
            catch (WorkspaceOneException refused)
                when (refused is not AmbiguousOutcomeException && refused.Status is not null)
            {
                await ledger.RefusedAsync(entry, refused.ErrorCode, refused.Message, cancellation);
                throw;
            }

            await db.SaveChangesAsync(cancellation);
            await ledger.ConfirmedAsync(entry.Id, cancellation);
        }
    }

    private async Task ReadBackAsync(
        TagRunRow run,
        UemTags uem,
        IEnumerable<OwnedTagRow> tags,
        IReadOnlyDictionary<long, Guid> deviceIds,
        CancellationToken cancellation
    )
    {
        foreach (var tag in tags.Where(tag => tag.RemoteId is not null))
        {
            var carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation);
            var (confirmed, failed) = await readBack.SettleAsync(tag, carrying, deviceIds, cancellation);
            (run.Confirmed, run.Failed) = (run.Confirmed + confirmed, run.Failed + failed);
        }
    }

    /// <summary>Also of devices that are gone: a tag that they still carry is read back as theirs.</summary>
    private static async Task<IReadOnlyDictionary<long, Guid>> DeviceIdsAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration)
            .Select(row => new { row.RemoteId, row.Id })
            .ToDictionaryAsync(row => (long)row.RemoteId, row => row.Id, cancellation);

    private async Task<TagRunRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var run = await db.TagRuns.SingleOrDefaultAsync(
            row =>
                row.IntegrationId == integrationId && (row.State == RunState.Queued || row.State == RunState.Running),
            cancellation
        );
        if (run is not null)
        {
            run.State = RunState.Running;
            run.IncompleteReasons = [];
            await db.SaveChangesAsync(cancellation);
        }

        return run;
    }

    private async Task CloseAsync(TagRunRow run, CancellationToken cancellation)
    {
        if (run.State != RunState.Held)
        {
            run.EndedAt = time.GetUtcNow();
        }

        await using var db = database.Open();
        db.TagRuns.Update(run);
        await db.SaveChangesAsync(cancellation);
        ResponseLog.RunEnded(log, run.Id, run.State, run.Confirmed, run.Failed, run.UemCalls);
    }

    private static string Foreign(OwnedTags owned) =>
        $"The UEM had {string.Join(", ", owned.Foreign.Select(name => $"\"{name}\""))} before Picket. "
        + "Choose another prefix, or tell Picket to own these tags.";
}
