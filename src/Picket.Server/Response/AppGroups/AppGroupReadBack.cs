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
        await using var db = database.Open();
        var open = await db
            .Ledger.Where(row =>
                row.IntegrationId == integration
                && row.Kind == LedgerKinds.CreateAppGroup
                && row.State == LedgerState.Sent
            )
            .ToListAsync(cancellation);
        foreach (var entry in open)
        {
            var group = await db.OwnedAppGroups.SingleAsync(row => row.Id == entry.AppGroupId, cancellation);
            var apps = await db.LedgerApps.Where(row => row.EntryId == entry.Id).ToListAsync(cancellation);
            await uem.ListAsync(cancellation, anew: atOnce);
            var namesakes = await uem.NamesakesAsync(group.Platform, cancellation);
            var made = namesakes.FirstOrDefault(one => HasAll(one, apps));
            if (made is not null)
            {
                (group.RemoteId, entry.State, entry.AnsweredAt) = (made.Id, LedgerState.Answered, time.GetUtcNow());
            }
            else if (!atOnce)
            {
                (entry.State, entry.ConfirmedAt) = (LedgerState.Failed, time.GetUtcNow());
                entry.Error ??= "No answer came, and there is no such group.";
                apps.ForEach(app => app.State = LedgerState.Failed);
            }
        }

        await db.SaveChangesAsync(cancellation);
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
        foreach (var app in there.Except(rows.Select(row => row.AppId), AppGroupPlanner.Ids).ToList())
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
