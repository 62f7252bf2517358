using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>An owned group as the UEM has it.</summary>
/// <param name="Present">Ids of its apps; null where there is no group.</param>
/// <param name="Ours">Those that Picket put there.</param>
internal sealed record ReadAppGroup(IReadOnlyList<string>? Present, IReadOnlyList<string> Ours);

/// <summary>Holds the UEM's app groups against what Picket believes: the UEM is right.</summary>
internal sealed class AppGroupReadBack(PicketDatabase database, TimeProvider time)
{
    /// <summary>
    /// So long after a call without an answer the UEM may still do it. What it puts there then is ours, or nobody would ever
    /// take it out again.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    /// <summary>
    /// A making that was marked as sent, by whichever run. There was no group of that name when the mark was set: one that
    /// has it now, and all that was sent, is ours.
    /// </summary>
    /// <param name="atOnce">
    /// Right after the answer was lost: a listing that lacks the group settles nothing then, as one may come too early or lack a
    /// row. The next run's does.
    /// </param>
    public async Task SettleMakingAsync(
        Guid integration,
        UemAppGroups uem,
        CancellationToken cancellation,
        bool atOnce = false
    )
    {
        var since = time.GetUtcNow() - Late;
        await using var db = database.Open();
        var open = await db
            .Ledger.Where(row =>
                row.IntegrationId == integration
                && row.Kind == LedgerKinds.CreateAppGroup
                && (
                    row.State == LedgerState.Sent
                    || (row.State == LedgerState.Failed && row.ConfirmedAt != null && row.SentAt > since)
                )
            )
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var group = await db.OwnedAppGroups.SingleAsync(row => row.Id == entry.AppGroupId, cancellation);
            if (entry.State == LedgerState.Failed && group.RemoteId is not null)
            {
                continue; // A later call made it.
            }

            var apps = await db.LedgerApps.Where(row => row.EntryId == entry.Id).ToListAsync(cancellation);
            if (await MadeAsync(uem, group.Platform, apps, atOnce, cancellation) is { } made)
            {
                (group.RemoteId, entry.State, entry.AnsweredAt) = (made.Id, LedgerState.Answered, time.GetUtcNow());
            }
            else if (!atOnce && entry.State == LedgerState.Sent)
            {
                (entry.State, entry.ConfirmedAt) = (LedgerState.Failed, time.GetUtcNow());
                entry.Error ??= "No answer came, and there is no such group.";
                apps.ForEach(app => app.State = LedgerState.Failed);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>One listing that lacks it is no proof: it may leave a row out.</summary>
    private static async Task<UemAppGroup?> MadeAsync(
        UemAppGroups uem,
        DenyPlatform platform,
        List<LedgerAppRow> apps,
        bool anew,
        CancellationToken cancellation
    )
    {
        await uem.ListAsync(cancellation, anew);
        if (await FindAsync() is { } made)
        {
            return made;
        }

        await uem.ListAsync(cancellation, anew: true);
        return await FindAsync();

        async Task<UemAppGroup?> FindAsync() =>
            (await uem.NamesakesAsync(platform, cancellation)).FirstOrDefault(one => HasAll(one, apps));
    }

    /// <summary>Makes the confirmed state of one group equal to the UEM's, and settles ledger entries that wait for it.</summary>
    /// <param name="read">Null where the UEM has no such group.</param>
    public async Task<ReadAppGroup> SettleAsync(Guid groupId, UemAppGroup? read, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var there = (read?.Applications ?? [])
            .Select(app => app.BundleId)
            .OfType<string>()
            .ToHashSet(AppGroupPlanner.Ids);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var group = await db.OwnedAppGroups.SingleAsync(row => row.Id == groupId, cancellation);
        group.ReadAt = now;
        if (read is null)
        {
            (group.RemoteId, group.Adopted) = (null, false);
        }

        var (added, removed) = await LedgerAsync(db, groupId, there, cancellation);
        var rows = await db.AppGroupApps.Where(row => row.GroupId == groupId).ToListAsync(cancellation);
        db.AppGroupApps.RemoveRange(rows.Where(row => !there.Contains(row.AppId)));
        rows.RemoveAll(row => !there.Contains(row.AppId));
        rows.ForEach(row => row.Ours |= added.Contains(row.AppId));
        var unknown = there.Except(rows.Select(row => row.AppId), AppGroupPlanner.Ids).ToList();
        added.UnionWith(
            await LateAsync(db, groupId, unknown.Except(added, AppGroupPlanner.Ids).ToList(), cancellation)
        );
        foreach (var app in unknown)
        {
            var row = new AppGroupAppRow
            {
                GroupId = groupId,
                AppId = app,
                Ours = added.Contains(app),
                Since = now,
            };
            db.AppGroupApps.Add(row);
            rows.Add(row);
        }

        await UndoAsync(db, groupId, removed, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ReadAppGroup(
            read is null ? null : [.. there],
            [.. rows.Where(row => row.Ours).Select(row => row.AppId)]
        );
    }

    /// <summary>Entries that were sent or answered, whichever run sent them: a killed one's are settled here too.</summary>
    private async Task<(HashSet<string> Added, HashSet<string> Removed)> LedgerAsync(
        PicketDbContext db,
        Guid group,
        HashSet<string> there,
        CancellationToken cancellation
    )
    {
        var (added, removed) = (new HashSet<string>(AppGroupPlanner.Ids), new HashSet<string>(AppGroupPlanner.Ids));
        var open = await db
            .Ledger.Where(row =>
                row.AppGroupId == group
                && (
                    row.State == LedgerState.Answered
                    || (row.State == LedgerState.Sent && row.Kind != LedgerKinds.CreateAppGroup)
                )
            )
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var adds = entry.Kind is LedgerKinds.CreateAppGroup or LedgerKinds.AddToAppGroup;
            var apps = await db.LedgerApps.Where(row => row.EntryId == entry.Id).ToListAsync(cancellation);
            foreach (var app in apps)
            {
                app.State = there.Contains(app.AppId) == adds ? LedgerState.Confirmed : LedgerState.Failed;
                if (app.State == LedgerState.Confirmed)
                {
                    (adds ? added : removed).Add(app.AppId);
                }
            }

            var failed = apps.Count(app => app.State == LedgerState.Failed);
            entry.Error = failed == 0 ? null : entry.Error ?? NotSo(entry);
            entry.State = failed > 0 && failed == apps.Count ? LedgerState.Failed : LedgerState.Confirmed;
            (entry.Failed, entry.ConfirmedAt) = (failed, time.GetUtcNow());
        }

        return (added, removed);
    }

    /// <summary>
    /// Of apps that nobody knew there: those that a call of ours was to add, whose answer was lost, or which was not so yet when
    /// it was read back. The UEM did it late.
    /// </summary>
    private async Task<List<string>> LateAsync(
        PicketDbContext db,
        Guid owned,
        List<string> unknown,
        CancellationToken cancellation
    )
    {
        if (unknown.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var since = now - Late;
        var missed = await (
            from entry in db.Ledger
            join app in db.LedgerApps on entry.Id equals app.EntryId
            where
                entry.AppGroupId == owned
                && (entry.Kind == LedgerKinds.CreateAppGroup || entry.Kind == LedgerKinds.AddToAppGroup)
                && entry.ConfirmedAt != null
                && entry.SentAt > since
                && app.State == LedgerState.Failed
            orderby entry.Id descending
            select new { entry, app }
        ).ToListAsync(cancellation);
        var late = missed
            .Where(one => unknown.Contains(one.app.AppId, AppGroupPlanner.Ids))
            .DistinctBy(one => one.app.AppId, AppGroupPlanner.Ids)
            .ToList();
        foreach (var one in late)
        {
            one.app.State = LedgerState.Confirmed;
            (one.entry.State, one.entry.ConfirmedAt) = (LedgerState.Confirmed, now);
            one.entry.Failed--;
            one.entry.Error = one.entry.Failed == 0 ? null : one.entry.Error;
        }

        return late.ConvertAll(one => one.app.AppId);
    }

    private static string NotSo(LedgerEntryRow entry) =>
        entry.State == LedgerState.Sent
            ? "No answer came, and it is not so when read back."
            : "The UEM did not refuse it, yet it is not so when read back.";

    /// <summary>What had put these apps into the group is taken back with them.</summary>
    private static async Task UndoAsync(
        PicketDbContext db,
        Guid group,
        HashSet<string> removed,
        CancellationToken cancellation
    )
    {
        if (removed.Count == 0)
        {
            return;
        }

        var adds = await db
            .Ledger.Where(row =>
                row.AppGroupId == group
                && row.State == LedgerState.Confirmed
                && (row.Kind == LedgerKinds.CreateAppGroup || row.Kind == LedgerKinds.AddToAppGroup)
            )
            .ToListAsync(cancellation);
        foreach (var entry in adds)
        {
            var apps = await db.LedgerApps.Where(row => row.EntryId == entry.Id).ToListAsync(cancellation);
            var undone = apps.FindAll(app => app.State == LedgerState.Confirmed && removed.Contains(app.AppId));
            undone.ForEach(app => app.State = LedgerState.Undone);
            if (undone.Count > 0 && !apps.Exists(app => app.State == LedgerState.Confirmed))
            {
                entry.State = LedgerState.Undone;
            }
        }
    }

    private static bool HasAll(UemAppGroup group, List<LedgerAppRow> apps)
    {
        var there = (group.Applications ?? []).Select(app => app.BundleId).OfType<string>();
        return group.Denies && !apps.Select(app => app.AppId).Except(there, AppGroupPlanner.Ids).Any();
    }
}
