using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>
/// Makes the tags of one integration true. 1 may it; 2 list the tags and tell ours from others'; 3 read back who carries
/// ours, which also settles what a killed run left; 4 plan what differs; 5 ask the brake; 6 make missing tags; 7 send
/// the calls, ledger first; 8 read back what was touched.
/// </summary>
internal sealed class TagWork(PicketDatabase database, DriftWatch drift, DriftedTags driftedTags, TimeProvider time)
{
    private readonly LedgerBook ledger = new(database, time);
    private readonly TagReadBack readBack = new(database, drift, time);

    /// <exception cref="WritingStoppedException">Writing was switched off, the integration paused, the run cancelled.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped.</exception>
    /// <exception cref="TaggingEndedException">It cannot go on.</exception>
    public async Task MakeTrueAsync(TagRunRow run, WorkspaceOneClient client, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await TaggingGate.RefusalAsync(db, run, cancellation) is { } refusal) // 1
        {
            throw new WritingStoppedException(refusal);
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        var uem = new UemTags(client, integration.OrganizationGroupId);
        var maker = new TagMaker(uem, ledger, db, time);
        var owned = await OwnedAsync(db, integration, run, uem, maker, cancellation); // 2
        await ReadBackAllAsync(db, run, uem, owned, integration, cancellation); // 3

        var plan = await PlanAsync(db, integration, owned, run, cancellation); // 4
        if (await HoldsAsync(db, run, integration, plan, cancellation)) // 5
        {
            return;
        }

        (run.Adds, run.Removes) = (plan.Adds, plan.Removals);
        await maker.MakeAsync(
            run,
            plan.TagsToMake.Select(tag => owned.First(row => (int?)row.Level == tag.Level)),
            cancellation
        ); // 6
        await SendAsync(run, uem, owned, plan, cancellation); // 7 and 8
        run.State = RunState.Completed;
    }

    private async Task<IReadOnlyList<OwnedTagRow>> OwnedAsync(
        PicketDbContext db,
        IntegrationRow integration,
        TagRunRow run,
        UemTags uem,
        TagMaker maker,
        CancellationToken cancellation
    )
    {
        var listed = await uem.ListAsync(cancellation);
        await ThrowIfLackingAsync(db, integration, listed, uem, cancellation);
        await maker.SettleAsync(integration.Id, listed, cancellation);
        var renamed = await driftedTags.NoteAsync(db, integration, listed, cancellation);
        var owned = await OwnedTags.ReconcileAsync(db, integration, listed, time.GetUtcNow(), cancellation);
        if (owned.Foreign.Count > 0 && run.Kind == TagRunKind.Levels)
        {
            throw new TaggingEndedException(
                $"The UEM had {string.Join(", ", owned.Foreign.Select(name => $"\"{name}\""))} before Picket. "
                    + "Choose another prefix, or tell Picket to own these tags."
            );
        }

        await db.SaveChangesAsync(cancellation);
        await maker.RenameAsync(run, renamed, cancellation);
        return owned.Rows;
    }

    /// <summary>
    /// Law 1: a listing may add up and lack a tag. Taken for deleted, it would be somebody else's from then on, and no run could
    /// go on; so the tag itself is asked whether it is gone.
    /// </summary>
    private static async Task ThrowIfLackingAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<ListedTag> listed,
        UemTags uem,
        CancellationToken cancellation
    )
    {
        var numbers = listed.Select(tag => tag.Id).ToHashSet();
        var owned = await db
            .OwnedTags.Where(row =>
                row.IntegrationId == integration.Id
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.Uem == integration.Address
                && row.RemoteId != null
            )
            .ToListAsync(cancellation);
        foreach (var tag in owned.Where(tag => !numbers.Contains(tag.RemoteId!.Value)))
        {
            if (await uem.ExistsAsync(tag.RemoteId!.Value, cancellation))
            {
                throw new TaggingEndedException(
                    $"The UEM's listing of tags lacks \"{tag.Name}\", which it has; nothing is written on its word."
                );
            }
        }
    }

    private async Task ReadBackAllAsync(
        PicketDbContext db,
        TagRunRow run,
        UemTags uem,
        IReadOnlyList<OwnedTagRow> owned,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        foreach (var tag in owned)
        {
            var mayBeCarried =
                tag.Level is not null || await db.DeviceTags.AnyAsync(row => row.OwnedTagId == tag.Id, cancellation);
            if (tag.RemoteId is null)
            {
                // It is gone from the UEM, and from its devices with it.
                await readBack.SettleAsync(tag, new HashSet<int>(), run.Id, cancellation);
            }
            else if (mayBeCarried)
            {
                await ReadBackAsync(db, run, uem, tag, integration, cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task ReadBackAsync(
        PicketDbContext db,
        TagRunRow run,
        UemTags uem,
        OwnedTagRow tag,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        try
        {
            var carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation);
            if (carrying.Count == 0 && await db.DeviceTags.AnyAsync(row => row.OwnedTagId == tag.Id, cancellation))
            {
                carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation); // Nothing at all is believed when it is said twice.
            }

            await readBack.SettleAsync(tag, carrying, run.Id, cancellation);
        }
        catch (WorkspaceOneException gone)
            when (gone is NotFoundException or OutOfScopeException
                && tag.OrganizationGroupId != integration.OrganizationGroupId
            )
        {
            // Of a former group: there is no listing of that group that says whether it was deleted.
            tag.RemoteId = null;
            await readBack.SettleAsync(tag, new HashSet<int>(), run.Id, cancellation);
            run.IncompleteReasons.Add(
                $"The tag \"{tag.Name}\" of organization group {tag.OrganizationGroupId} is gone, or out of the account's reach. "
                    + "Devices that still carry it keep it: take it off in the UEM."
            );
        }
    }

    private async Task<TagPlan> PlanAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        TagRunRow run,
        CancellationToken cancellation
    )
    {
        var differing = await new TagDifferences(db, integration, owned, run.Kind).LoadAsync(
            time.GetUtcNow(),
            cancellation
        );
        return TagPlanner.Plan(
            differing.All,
            TagLevels.SetOf(owned),
            run.BatchSize ?? integration.TagBatchSize,
            differing.LeftNumbers
        );
    }

    private async Task<bool> HoldsAsync(
        PicketDbContext db,
        TagRunRow run,
        IntegrationRow integration,
        TagPlan plan,
        CancellationToken cancellation
    )
    {
        if (run.Kind == TagRunKind.CleanUp || plan.ChangedDevices == 0)
        {
            return false;
        }

        await ReadWordAsync(db, run, cancellation);
        var brake = BrakeFacts.Of(integration);
        var fleet = await BrakeFacts.FleetAsync(db, run.IntegrationId, cancellation);
        var recent = await BrakeFacts.RecentAsync(db, run.IntegrationId, plan, time.GetUtcNow(), cancellation);
        var changed = plan
            .Calls.SelectMany(call => call.Devices)
            .Select(device => (int)device)
            .Concat(recent)
            .ToHashSet();
        var groups = brake.GroupShare is null
            ? []
            : await BrakeFacts.GroupsAsync(db, run.IntegrationId, changed, cancellation);
        if (
            brake.Check(plan.ChangedDevices, fleet, run.AcceptedChanges, recent.Count, groups)
            is not BrakeOutcome.Held held
        )
        {
            return false;
        }

        (run.State, run.HeldChanged, run.HeldFleet) = (RunState.Held, held.Changed, held.Fleet);
        (run.HeldRecent, run.HeldLimit) = (recent.Count, brake.Share);
        run.IncompleteReasons.Add(held.Reason);
        return true;
    }

    /// <summary>A stop of all writes takes a person's word back, also from a run that is at work already.</summary>
    private static async Task ReadWordAsync(PicketDbContext db, TagRunRow run, CancellationToken cancellation)
    {
        var word = await db
            .TagRuns.Where(row => row.Id == run.Id)
            .Select(row => new
            {
                row.AcceptedChanges,
                row.ApprovedBy,
                row.ApprovedAt,
            })
            .SingleAsync(cancellation);
        (run.AcceptedChanges, run.ApprovedBy, run.ApprovedAt) = (
            word.AcceptedChanges,
            word.ApprovedBy,
            word.ApprovedAt
        );
    }

    private async Task SendAsync(
        TagRunRow run,
        UemTags uem,
        IReadOnlyList<OwnedTagRow> owned,
        TagPlan plan,
        CancellationToken cancellation
    )
    {
        var sender = new TagSender(uem, ledger, run, owned);
        try
        {
            await sender.SendAsync(plan, cancellation);
        }
        catch (Exception stopped)
            when (stopped is TaggingEndedException or WritingStoppedException or WritesStoppedException)
        {
            await TrySettleAsync(uem, sender, cancellation);
            throw;
        }

        foreach (var tag in sender.Touched)
        {
            var carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation);
            await readBack.SettleAsync(tag, carrying, going: null, cancellation);
        }
    }

    /// <summary>Reading is no writing. Where even that is refused, the next run settles what this one sent.</summary>
    private async Task TrySettleAsync(UemTags uem, TagSender sender, CancellationToken cancellation)
    {
        try
        {
            foreach (var tag in sender.Touched)
            {
                var carrying = await uem.DevicesAsync(tag.RemoteId!.Value, cancellation);
                await readBack.SettleAsync(tag, carrying, going: null, cancellation);
            }
        }
        catch (WorkspaceOneException)
        {
            // The reason why the run ends says the same already.
        }
    }
}
