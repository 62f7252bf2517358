using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Response;

/// <summary>
/// Makes the tags of one integration true. 1 may it; 2 list the tags and tell ours from others'; 3 read back who carries
/// ours, which also settles what a killed run left; 4 plan what differs; 5 ask the brake; 6 make missing tags; 7 send
/// the calls, ledger first; 8 read back what was touched. A quick run leaves out 2 and 3: it goes by what was confirmed.
/// </summary>
internal sealed class TagWork(
    PicketDatabase database,
    TagBraking braking,
    DriftWatch drift,
    DriftedTags driftedTags,
    TimeProvider time
)
{
    private readonly LedgerBook ledger = new(database, time);
    private readonly TagReadBack readBack = new(database, drift, time);
    private readonly TagReading reading = new(new TagReadBack(database, drift, time), driftedTags, time);

    /// <exception cref="WritingStoppedException">Writing was switched off, the integration paused, the run cancelled.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped.</exception>
    /// <exception cref="TaggingEndedException">It cannot go on.</exception>
    public async Task MakeTrueAsync(
        TagRunRow run,
        WorkspaceOneClient client,
        CallMeter meter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        if (await TaggingGate.RefusalAsync(db, run, cancellation) is { } refusal) // 1
        {
            throw new WritingStoppedException(refusal);
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        var uem = new UemTags(client, integration.OrganizationGroupId, meter);
        var maker = new TagMaker(uem, ledger, db, time);
        var carriers = new TagCarriers(database, uem);
        var (owned, plan, unsettled) =
            await QuicklyAsync(db, integration, run, cancellation)
            ?? await ReadingFirstAsync(db, integration, run, uem, carriers, maker, cancellation); // 2 to 4
        plan = await AgreedAsync(db, run, plan, cancellation);
        if (await HoldsAsync(db, run, integration, plan, cancellation)) // 5
        {
            return;
        }

        (run.Adds, run.Removes) = (plan.Adds, plan.Removals);
        await maker.MakeAsync(
            run,
            plan.TagsToMake.Select(tag => owned.First(row => row.InForce && row.Name == tag.Name)),
            cancellation
        ); // 6
        var sender = new TagSender(uem, ledger, new TagDelays(database), run, owned);
        await SendAsync(sender, plan, carriers, unsettled, cancellation); // 7 and 8
        if (integration.TagPolicyVersion < run.GoesUnder)
        {
            await TagBraking.AcceptAsync(db, integration.Id, run.GoesUnder.Value, cancellation);
        }

        run.State = RunState.Completed;
    }

    /// <returns>Null where the UEM is to be asked first: what was confirmed may not hold, or a tag has to be made.</returns>
    private async Task<PlannedTags?> QuicklyAsync(
        PicketDbContext db,
        IntegrationRow integration,
        TagRunRow run,
        CancellationToken cancellation
    )
    {
        if (run.ReadsFirst || run.ApprovedBy is not null)
        {
            return null;
        }

        var owned = await db.OwnedTags.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation);
        var history = await TagRunHistory.LoadAsync(db, integration.Id, cancellation);
        var trusted = await history.TrustedSinceAsync(db, integration, owned, time.GetUtcNow(), cancellation);
        if (trusted is not { } since)
        {
            return null;
        }

        var changed = await TagDifferences.ChangedSinceAsync(db, integration.Id, since, cancellation);
        var plan = await PlanAsync(db, integration, owned, run, changed, cancellation);
        plan = plan.ChangedDevices > 0 ? plan : await PlanAsync(db, integration, owned, run, null, cancellation);
        return plan.TagsToMake.Count == 0 ? new PlannedTags(owned, plan, []) : null;
    }

    private async Task<PlannedTags> ReadingFirstAsync(
        PicketDbContext db,
        IntegrationRow integration,
        TagRunRow run,
        UemTags uem,
        TagCarriers carriers,
        TagMaker maker,
        CancellationToken cancellation
    )
    {
        run.ReadsFirst = true;
        var owned = await reading.OwnedAsync(db, integration, run, uem, maker, cancellation); // 2
        var unsettled = await reading.ReadBackAllAsync(db, run, carriers, owned, integration, cancellation); // 3
        return new PlannedTags(owned, await PlanAsync(db, integration, owned, run, null, cancellation), unsettled); // 4
    }

    private async Task<TagPlan> PlanAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        TagRunRow run,
        int[]? among,
        CancellationToken cancellation
    )
    {
        var batch = run.BatchSize ?? integration.TagBatchSize;
        var differing = await new TagDifferences(db, integration, owned, run.Kind, among).LoadAsync(
            time.GetUtcNow(),
            cancellation
        );
        var isMoreComing =
            run.ApprovedBy is null && await TagRunLook.IsBeingJudgedAsync(db, integration.Id, cancellation);
        return TagPlanner.Plan(
            isMoreComing ? TagPlanner.WholeBatches([.. differing.Touched], batch) : differing.All,
            TagLevels.SetOf(owned),
            batch,
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

        int? acceptedPolicy = run.ApprovedBy is null ? null : run.PolicyVersion;
        var braked = await braking.CheckAsync(db, integration, plan, run.AcceptedChanges, acceptedPolicy, cancellation);
        if (braked.Held is not { } held)
        {
            run.GoesUnder = braked.Policy;
            return false;
        }

        (run.State, run.HeldChanged, run.HeldFleet) = (RunState.Held, held.Changed, held.Fleet);
        (run.HeldRecent, run.HeldLimit) = (braked.Recent, BrakeFacts.Of(integration).Share);
        (run.PolicyVersion, run.HeldAsFirst) = (braked.Policy, braked.IsFirstRun);
        run.IncompleteReasons.Add(held.Reason);
        await ShownDevices.KeepAsync(database, db, run.Id, plan, cancellation);
        (run.ShownRun, run.Showing) = (run.Id, run.Showing + 1);
        return true;
    }

    /// <summary>
    /// A person's word is for the devices that they were shown; others wait for the next run, and come under the brakes there.
    /// Under another policy the word is none, and all is shown.
    /// </summary>
    private async Task<TagPlan> AgreedAsync(
        PicketDbContext db,
        TagRunRow run,
        TagPlan plan,
        CancellationToken cancellation
    )
    {
        if (run.ApprovedBy is null || run.Kind == TagRunKind.CleanUp)
        {
            return plan;
        }

        await ReadWordAsync(db, run, cancellation);
        if (
            run is not { ApprovedBy: not null, AcceptedChanges: not null, ShownRun: { } shown }
            || run.PolicyVersion != await braking.VersionAsync(db, cancellation)
        )
        {
            return plan;
        }

        (plan, run.NotShown) = ShownChanges.Restrict(plan, await ShownDevices.OfAsync(db, shown, cancellation));
        return plan;
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
        TagSender sender,
        TagPlan plan,
        TagCarriers carriers,
        IReadOnlyList<OwnedTagRow> unsettled,
        CancellationToken cancellation
    )
    {
        try
        {
            await sender.SendAsync(plan, cancellation);
        }
        catch (Exception stopped)
            when (stopped is TaggingEndedException or WritingStoppedException or WritesStoppedException)
        {
            await TrySettleAsync(carriers, sender, cancellation);
            throw;
        }

        // What might have been sent again may not be wanted any more: nobody else would settle it.
        await SettleAsync(carriers, sender.Touched.Union(unsettled), cancellation);
    }

    private async Task SettleAsync(TagCarriers carriers, IEnumerable<OwnedTagRow> tags, CancellationToken cancellation)
    {
        foreach (var tag in tags)
        {
            await readBack.SettleAsync(tag, await carriers.ReadAsync(tag, cancellation), going: null, cancellation);
        }
    }

    /// <summary>Reading is no writing. Where even that is refused, the next run settles what this one sent.</summary>
    private async Task TrySettleAsync(TagCarriers carriers, TagSender sender, CancellationToken cancellation)
    {
        try
        {
            await SettleAsync(carriers, sender.Touched, cancellation);
        }
        catch (WorkspaceOneException)
        {
            // The reason why the run ends says the same already.
        }
    }
}

/// <param name="Unsettled">Tags with a call that has no answer and may be sent again.</param>
internal sealed record PlannedTags(
    IReadOnlyList<OwnedTagRow> Owned,
    TagPlan Plan,
    IReadOnlyList<OwnedTagRow> Unsettled
);
