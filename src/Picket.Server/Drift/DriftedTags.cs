using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>Notes which of our tags others renamed or deleted, from the list of tags that a tag run reads anyway.</summary>
public sealed class DriftedTags(PolicyStore policies, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>
    /// Before the list becomes what is known: 1 what is over, 2 tags that are called otherwise, 3 tags that are gone. Saved
    /// with what the caller saves.
    /// </summary>
    /// <param name="listed">A whole list; a tag that it lacks was asked for by itself, and is gone.</param>
    /// <returns>Tags to give back their names now.</returns>
    internal async Task<IReadOnlyList<(OwnedTagRow Tag, DriftRow Drift)>> NoteAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<ListedTag> listed,
        CancellationToken cancellation
    )
    {
        var tags = await db
            .OwnedTags.Where(row =>
                row.IntegrationId == integration.Id
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.Uem == integration.Address
            )
            .ToListAsync(cancellation);
        var names = await TagNames.OfAsync(db, integration, cancellation);
        tags = tags.FindAll(tag => names.Any(name => tag.IsCalled(name.Name, integration))); // The others only wait to be taken off.
        var known = tags.Where(tag => tag.RemoteId is not null)
            .Select(tag => new KnownTag(tag.Id, tag.RemoteId!.Value, tag.Name));
        var seen = TagDrift.OfTags(known, listed);
        await ForgetAsync(db, integration.Id, cancellation);
        await EndRetiredAsync(db, integration.Id, tags.ConvertAll(tag => tag.Id), cancellation);
        var open = await db
            .Drift.Where(row => row.IntegrationId == integration.Id && row.EndedAt == null)
            .Where(row => row.Kind == DriftKind.Renamed || row.Kind == DriftKind.Deleted)
            .ToListAsync(cancellation);
        EndRenamed(open, seen, integration.WritingEnabled); // 1
        EndDeleted(open, tags, integration.WritingEnabled);
        if (!integration.WritingEnabled)
        {
            return [];
        }

        var answers = (await policies.CurrentAsync(db, cancellation)).Book.Document.Drift;
        foreach (var renamed in seen.Renamed) // 2
        {
            var row = await OpenAsync(db, open, integration, renamed.Tag, DriftKind.Renamed, answers, cancellation);
            (row.NewName, row.LastSeenAt) = (renamed.Now, time.GetUtcNow());
        }

        foreach (var deleted in seen.Deleted) // 3
        {
            await OpenAsync(db, open, integration, deleted, DriftKind.Deleted, answers, cancellation);
        }

        return
        [
            .. open.Where(row => row is { Kind: DriftKind.Renamed, EndedAt: null, State: DriftState.Open, Asks: false })
                .Select(row => (tags.First(tag => tag.Id == row.OwnedTagId), row)),
        ];
    }

    /// <summary>What was over long ago.</summary>
    private async Task ForgetAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var old = time.GetUtcNow() - Kept;
        var over = db.Drift.Where(row => row.IntegrationId == integration && row.EndedAt < old);
        await db
            .DriftDevices.Where(device => over.Any(row => row.Id == device.DriftId))
            .ExecuteDeleteAsync(cancellation);
        await over.ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Of a tag that stands for nothing any more nothing is asked: its carriers lose it, and get the new one.</summary>
    private async Task EndRetiredAsync(
        PicketDbContext db,
        Guid integration,
        List<Guid> standing,
        CancellationToken cancellation
    )
    {
        var retired = await db
            .Drift.Where(row => row.IntegrationId == integration && row.EndedAt == null)
            .Where(row => row.Kind == DriftKind.Lost || row.Kind == DriftKind.Carried)
            .Where(row => !standing.Contains(row.OwnedTagId!.Value))
            .ToListAsync(cancellation);
        retired.ForEach(End);
        var (ids, now) = (retired.ConvertAll(row => row.Id), time.GetUtcNow());
        await db
            .DriftDevices.Where(device => ids.Contains(device.DriftId) && device.EndedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(device => device.EndedAt, now)
                        .SetProperty(device => device.Became, DriftState.Gone),
                cancellation
            );
    }

    /// <summary>The tag has its name back. What was accepted holds for one name: another one is another matter.</summary>
    private void EndRenamed(List<DriftRow> open, TagListDrift seen, bool writing)
    {
        foreach (var row in open.Where(row => row.Kind == DriftKind.Renamed))
        {
            var now = seen.Renamed.FirstOrDefault(renamed => renamed.Tag.Id == row.OwnedTagId)?.Now;
            if (now is null || !writing || (row.State == DriftState.Accepted && now != row.NewName))
            {
                End(row);
            }
        }
    }

    /// <summary>
    /// Where a person was to be asked, the tag is there again without us. Made anew by us it stays noted until a person says that
    /// what named the old one names the new one.
    /// </summary>
    private void EndDeleted(List<DriftRow> open, List<OwnedTagRow> tags, bool writing)
    {
        foreach (var row in open.Where(row => row.Kind == DriftKind.Deleted))
        {
            var tag = tags.Find(tag => tag.Id == row.OwnedTagId);
            var isThere = tag?.RemoteId is not null && (row.Asks || row.State == DriftState.Accepted);
            if (!writing || tag is null || isThere)
            {
                End(row);
            }
        }
    }

    private void End(DriftRow row)
    {
        row.EndedAt = time.GetUtcNow();
        row.State = row.State == DriftState.Open ? DriftState.Gone : row.State;
    }

    private async Task<DriftRow> OpenAsync(
        PicketDbContext db,
        List<DriftRow> open,
        IntegrationRow integration,
        KnownTag tag,
        DriftKind kind,
        DriftPolicy answers,
        CancellationToken cancellation
    )
    {
        if (open.Find(row => row.OwnedTagId == tag.Id && row.Kind == kind && row.EndedAt is null) is { } known)
        {
            if (kind == DriftKind.Renamed)
            {
                return known;
            }

            End(known); // Deleted once more: that is told anew.
        }

        var now = time.GetUtcNow();
        var since = now - TagDrift.RepairWindow;
        var lately = await db.Drift.CountAsync(
            row =>
                row.OwnedTagId == tag.Id
                && row.Kind == kind
                && !row.Asks
                && row.DecidedBy == null
                && row.Since >= since,
            cancellation
        );
        var row = new DriftRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            OwnedTagId = tag.Id,
            Kind = kind,
            Asks = TagDrift.Asks(answers.For(kind), lately),
            Fought = lately >= TagDrift.MostRepairs,
            Since = now,
            LastSeenAt = now,
        };
        open.Add(db.Drift.Add(row).Entity);
        return row;
    }
}
