using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>
/// Makes the app groups of one integration true. 1 may it; 2 which are ours; 3 read them back, which also settles what a
/// killed run left; 4 plan what differs; 5 ask the brake; 6 send the calls, ledger first; 7 read back what was touched.
/// </summary>
internal sealed class AppGroupWork(PicketDatabase database, TimeProvider time)
{
    private readonly AppGroupLedger ledger = new(database, time);
    private readonly AppGroupReadBack readBack = new(database, time);

    /// <exception cref="WritingStoppedException">The lists were switched off, the integration paused, the run cancelled.</exception>
    /// <exception cref="WritesStoppedException">All writes are stopped.</exception>
    /// <exception cref="AppGroupsEndedException">It cannot go on.</exception>
    public async Task MakeTrueAsync(AppGroupRunRow run, WorkspaceOneClient client, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await AppGroupGate.RefusalAsync(db, run, cancellation) is { } refusal) // 1
        {
            throw new WritingStoppedException(refusal);
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        var uem = new UemAppGroups(client, integration.OrganizationGroupId);
        var groups = await OwnedAppGroups.EnsureAsync(db, integration, time.GetUtcNow(), cancellation); // 2
        await readBack.SettleMakingAsync(integration.Id, uem, cancellation); // 3
        var plans = await PlanAsync(run, integration, groups, uem, cancellation); // 3 and 4
        (run.Adds, run.Removes) = (plans.Sum(each => each.Plan.Adds.Count), plans.Sum(each => each.Plan.Removes.Count));
        var version = await VersionAsync(db, cancellation);
        if (await HoldsAsync(db, run, version, cancellation)) // 5
        {
            return;
        }

        await SendAsync(run, integration, uem, plans, cancellation); // 6 and 7
        if (run.Kind == AppGroupRunKind.Lists)
        {
            await SeenAsync(db, run.IntegrationId, version, cancellation);
        }

        run.State = RunState.Completed;
    }

    private async Task<List<(OwnedAppGroupRow Group, AppGroupPlan Plan)>> PlanAsync(
        AppGroupRunRow run,
        IntegrationRow integration,
        IReadOnlyList<OwnedAppGroupRow> groups,
        UemAppGroups uem,
        CancellationToken cancellation
    )
    {
        var plans = new List<(OwnedAppGroupRow, AppGroupPlan)>();
        await using var db = database.Open();
        var denied =
            run.Kind == AppGroupRunKind.CleanUp ? [] : await DeniedAppReading.OfAsync(db, integration.Id, cancellation);
        foreach (var known in groups)
        {
            var group = await db.OwnedAppGroups.SingleAsync(row => row.Id == known.Id, cancellation);
            var isHere = group.OrganizationGroupId == integration.OrganizationGroupId;
            var found = group.RemoteId is { } id ? await FindAsync(uem, id, isHere, cancellation) : null;
            var read = await readBack.SettleAsync(group.Id, found, cancellation);
            await db.Entry(group).ReloadAsync(cancellation);
            var plan = AppGroupPlanner.Plan(isHere ? denied.Wanted(group.Platform) : [], read.Present, read.Ours);
            group.Trouble = await TroubleAsync(uem, group, found, plan, cancellation);
            await db.SaveChangesAsync(cancellation);
            if (group.Trouble is not null)
            {
                run.IncompleteReasons.Add(group.Trouble);
            }
            else if (plan.Step != AppGroupStep.Nothing)
            {
                plans.Add((group, plan));
            }
        }

        return plans;
    }

    /// <summary>
    /// Law 1: one answer that a group is not there is no proof, or the next run would make a second one. Of a former
    /// organization group no listing tells.
    /// </summary>
    private static async Task<UemAppGroup?> FindAsync(
        UemAppGroups uem,
        int id,
        bool isHere,
        CancellationToken cancellation
    )
    {
        var found = await uem.FindAsync(id, cancellation);
        return found is null && isHere && (await uem.ListAsync(cancellation)).Any(group => group.Id == id)
            ? throw new AppGroupsEndedException(
                $"The UEM says that app group {id} is not there, and lists it; nothing is written on its word."
            )
            : found;
    }

    /// <summary>Why nothing may be written to a group, in words; null when it may.</summary>
    internal static async Task<string?> TroubleAsync(
        UemAppGroups uem,
        OwnedAppGroupRow group,
        UemAppGroup? found,
        AppGroupPlan plan,
        CancellationToken cancellation
    )
    {
        if (found is not null)
        {
            var wireName = UemAppGroups.WireName(group.Platform);
            return found.Denies && found.IsFor(wireName)
                ? null
                : $"App group {found.Id}, \"{found.Name}\", is no list of denied apps for {wireName} any more "
                    + $"({found.AppGroupType}, {found.Platform}): somebody changed it. Delete it in the UEM, and it is made anew.";
        }

        return
            plan.Step == AppGroupStep.Make
            && await uem.NamesakesAsync(group.Platform, cancellation) is [var namesake, ..]
            ? $"The UEM had an app group \"{namesake.Name}\" ({namesake.Id}) before Picket. Rename it there, or tell Picket to own it."
            : null;
    }

    /// <summary>Of the policy in force; 0 where none was applied yet.</summary>
    internal static async Task<int> VersionAsync(PicketDbContext db, CancellationToken cancellation) =>
        await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) ?? 0;

    /// <summary>The policy is new no more: its first run, to which a person agreed, is through, or it changed nothing.</summary>
    internal static Task SeenAsync(PicketDbContext db, Guid integration, int version, CancellationToken cancellation) =>
        db
            .AppGroupSwitches.Where(row => row.IntegrationId == integration && row.PolicyVersion < version)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PolicyVersion, version), cancellation);

    private async Task<bool> HoldsAsync(
        PicketDbContext db,
        AppGroupRunRow run,
        int version,
        CancellationToken cancellation
    )
    {
        if (run.Kind == AppGroupRunKind.CleanUp)
        {
            return false;
        }

        // A stop of all writes takes a person's word back, also from a run that is at work already.
        var word = await db
            .AppGroupRuns.Where(row => row.Id == run.Id)
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
        var lists = await AppGroupGate.SwitchAsync(db, run.IntegrationId, cancellation);
        var changes = run.Adds + run.Removes;
        var recent = await RecentAsync(db, run.IntegrationId, cancellation);
        var accepted = run.PolicyVersion == version ? run.AcceptedChanges : null; // A word under another policy is none.
        var isFirst = changes > 0 && lists?.PolicyVersion != version && !(changes <= accepted);
        var why = isFirst
            ? AppGroupBrake.FirstRun(changes, version)
            : new AppGroupBrake(lists?.MostChanges ?? 0).Holds(changes, accepted, recent);
        if (why is null)
        {
            return false;
        }

        (run.State, run.HeldChanges) = (RunState.Held, changes);
        (run.PolicyVersion, run.HeldAsFirst) = (version, isFirst);
        run.IncompleteReasons.Add(why);
        return true;
    }

    /// <summary>Apps that went, or may have gone, without a person's word lately.</summary>
    private Task<int> RecentAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - AppGroupBrake.Window;
        return (
            from entry in db.Ledger
            join app in db.LedgerApps on entry.Id equals app.EntryId
            where entry.IntegrationId == integration && entry.SentAt >= since && entry.ApprovedBy == null
            where app.State != LedgerState.Failed && app.State != LedgerState.Dropped
            select app.AppId
        ).CountAsync(cancellation);
    }

    private async Task SendAsync(
        AppGroupRunRow run,
        IntegrationRow integration,
        UemAppGroups uem,
        List<(OwnedAppGroupRow Group, AppGroupPlan Plan)> plans,
        CancellationToken cancellation
    )
    {
        var writer = new AppGroupWriter(uem, ledger, readBack, run, integration.OrganizationGroupId);
        try
        {
            foreach (var (group, plan) in plans)
            {
                await writer.SendAsync(group, plan, cancellation);
            }
        }
        catch (Exception stopped)
            when (stopped is AppGroupsEndedException or WritingStoppedException or WritesStoppedException)
        {
            await TryReadBackAsync(uem, writer, cancellation);
            throw;
        }

        await ReadBackAsync(uem, writer, cancellation);
    }

    private async Task ReadBackAsync(UemAppGroups uem, AppGroupWriter writer, CancellationToken cancellation)
    {
        await using var db = database.Open();
        foreach (var group in writer.Touched.DistinctBy(group => group.Id))
        {
            var number = await db
                .OwnedAppGroups.Where(row => row.Id == group.Id)
                .Select(row => row.RemoteId)
                .SingleAsync(cancellation);
            var found = number is { } id ? await FindAsync(uem, id, isHere: true, cancellation) : null;
            await readBack.SettleAsync(group.Id, found, cancellation);
        }
    }

    /// <summary>Reading is no writing. Where even that is refused, the next run settles what this one sent.</summary>
    private async Task TryReadBackAsync(UemAppGroups uem, AppGroupWriter writer, CancellationToken cancellation)
    {
        try
        {
            await ReadBackAsync(uem, writer, cancellation);
        }
        catch (Exception silent) when (silent is WorkspaceOneException or AppGroupsEndedException)
        {
            // The reason why the run ends says the same already.
        }
    }
}
