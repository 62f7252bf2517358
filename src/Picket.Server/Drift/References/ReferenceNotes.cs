using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>
/// Makes a look at the smart groups what is known: 1 forget what is about tags that stand for nothing any more; 2 hold what
/// named a tag against what names it; 3 learn what names one now; 4 tags that nothing names; 5 what hangs on the groups.
/// </summary>
internal sealed class ReferenceNotes(
    PicketDbContext db,
    IntegrationRow integration,
    DriftAnswer answer,
    DateTimeOffset now
)
{
    private static readonly DriftKind[] Kinds =
    [
        DriftKind.NotNamed,
        DriftKind.GroupGone,
        DriftKind.OldNumber,
        DriftKind.Unused,
        DriftKind.FewerAssignments,
    ];

    private List<DriftRow> open = [];
    private List<TagReferenceRow> references = [];
    private List<SmartGroupLookRow> looks = [];

    /// <summary>Saved by the caller.</summary>
    /// <returns>Something was missed for the first time: a second look is to tell whether it is so.</returns>
    public async Task<bool> NoteAsync(SmartGroupsSeen seen, CancellationToken cancellation)
    {
        var tags = await StandingAsync(cancellation);
        open = await Open(db, integration.Id).ToListAsync(cancellation);
        references = await db.TagReferences.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation);
        looks = await db.SmartGroupLooks.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation);
        Forget(tags); // 1
        var (isFirst, told) = await CompareAsync(tags, seen, cancellation); // 2
        Learn(tags, seen); // 3
        await NoteUnusedAsync(tags, told, seen, cancellation); // 4
        var assignments = new AssignmentNotes(db, integration.Id, now);
        isFirst |= await assignments.NoteAsync(seen, references, looks, open, cancellation); // 5
        Keep(seen);
        return isFirst;
    }

    public static IQueryable<DriftRow> Open(PicketDbContext db, Guid integration) =>
        db.Drift.Where(row => row.IntegrationId == integration && row.EndedAt == null && Kinds.Contains(row.Kind));

    /// <summary>Tags in force, also those that wait to be made anew.</summary>
    private async Task<Dictionary<Guid, OwnedTagRow>> StandingAsync(CancellationToken cancellation)
    {
        var names = await TagNames.OfAsync(db, integration, cancellation);
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.Uem == integration.Address)
            .ToListAsync(cancellation);
        return owned.Where(tag => names.Any(name => tag.IsCalled(name.Name, integration))).ToDictionary(tag => tag.Id);
    }

    private void Forget(Dictionary<Guid, OwnedTagRow> tags)
    {
        foreach (var row in open.Where(row => !tags.ContainsKey(row.OwnedTagId!.Value)))
        {
            End(row, DriftState.Gone);
        }

        db.TagReferences.RemoveRange(references.Where(row => !tags.ContainsKey(row.OwnedTagId)));
        references.RemoveAll(row => !tags.ContainsKey(row.OwnedTagId));
    }

    private async Task<(bool IsFirst, HashSet<Guid> Told)> CompareAsync(
        Dictionary<Guid, OwnedTagRow> tags,
        SmartGroupsSeen seen,
        CancellationToken cancellation
    )
    {
        var (isFirst, told) = (false, new HashSet<Guid>());
        foreach (var row in references)
        {
            var isMissing = seen.Missing.Contains(row.SmartGroupId);
            var group = seen.Read.GetValueOrDefault(row.SmartGroupId);
            if (tags[row.OwnedTagId].RemoteId is not { } number || (!isMissing && group?.Tags is null))
            {
                continue; // The tag waits to be made anew, which is told; or nothing was read of the group.
            }

            row.SmartGroup = group?.Name ?? row.SmartGroup;
            var kind = TagReferences.Told(TagReferences.Of(row.Number, number, group?.Tags));
            await EndOthersAsync(row, kind, cancellation);
            if (kind is not { } missed)
            {
                (row.Number, row.SeenAt, row.MissedAt, row.MissedAs) = (number, now, null, null);
            }
            else if (row.MissedAs != missed)
            {
                (row.MissedAt, row.MissedAs) = (now, missed);
                isFirst = true;
            }
            else if (await TellAsync(row, missed, cancellation))
            {
                told.Add(row.OwnedTagId);
            }
        }

        return (isFirst, told);
    }

    /// <summary>What else was told of it is over. That the tag is named again is our doing where a write of ours is open.</summary>
    private async Task EndOthersAsync(TagReferenceRow row, DriftKind? kind, CancellationToken cancellation)
    {
        foreach (
            var drift in open.Where(drift =>
                drift.SmartGroupId == row.SmartGroupId
                && drift.OwnedTagId == row.OwnedTagId
                && drift.EndedAt is null
                && drift.Kind is DriftKind.NotNamed or DriftKind.OldNumber or DriftKind.GroupGone
                && drift.Kind != kind
            )
        )
        {
            var isOurs = kind is null && await ReferenceRepair.SettleAsync(db, drift, now, cancellation);
            End(drift, isOurs ? DriftState.Repaired : DriftState.Gone);
        }
    }

    /// <returns>It is told for the first time.</returns>
    private async Task<bool> TellAsync(TagReferenceRow row, DriftKind kind, CancellationToken cancellation)
    {
        var known = open.Find(drift =>
            drift.SmartGroupId == row.SmartGroupId
            && drift.OwnedTagId == row.OwnedTagId
            && drift.Kind == kind
            && drift.EndedAt is null
        );
        if (known is not null)
        {
            known.LastSeenAt = now;
            return false;
        }

        var since = now - TagDrift.RepairWindow;
        var repaired = await db.Drift.CountAsync(
            drift =>
                drift.OwnedTagId == row.OwnedTagId
                && drift.SmartGroupId == row.SmartGroupId
                && drift.State == DriftState.Repaired
                && drift.DecidedBy == null
                && drift.EndedAt >= since,
            cancellation
        );
        var answered = kind is DriftKind.NotNamed or DriftKind.OldNumber ? answer : DriftAnswer.Ask;
        Add(
            row.OwnedTagId,
            kind,
            row.SmartGroupId,
            row.SmartGroup,
            TagDrift.Asks(answered, repaired),
            repaired >= TagDrift.MostRepairs
        );
        return true;
    }

    private void Learn(Dictionary<Guid, OwnedTagRow> tags, SmartGroupsSeen seen)
    {
        foreach (var group in seen.Read.Values)
        {
            foreach (var tag in tags.Values.Where(tag => tag.RemoteId is { } id && group.Tags?.Contains(id) is true))
            {
                if (references.Exists(row => row.SmartGroupId == group.Id && row.OwnedTagId == tag.Id))
                {
                    continue;
                }

                references.Add(
                    db.TagReferences.Add(
                        new TagReferenceRow
                        {
                            IntegrationId = integration.Id,
                            SmartGroupId = group.Id,
                            OwnedTagId = tag.Id,
                            SmartGroup = group.Name ?? "",
                            Number = tag.RemoteId!.Value,
                            Since = now,
                            SeenAt = now,
                        }
                    ).Entity
                );
            }
        }
    }

    /// <summary>Told with the last smart group that was lost, if all others were read; over as soon as one names it.</summary>
    private async Task NoteUnusedAsync(
        Dictionary<Guid, OwnedTagRow> tags,
        HashSet<Guid> told,
        SmartGroupsSeen seen,
        CancellationToken cancellation
    )
    {
        var named = references.Where(row => row.MissedAt is null).Select(row => row.OwnedTagId).ToHashSet();
        var unused = open.FindAll(row => row is { Kind: DriftKind.Unused, EndedAt: null });
        foreach (var row in unused.Where(row => named.Contains(row.OwnedTagId!.Value)))
        {
            End(row, DriftState.Gone);
        }

        var known = looks.Select(look => look.SmartGroupId).Concat(seen.Read.Keys).ToHashSet();
        var allRead = seen.Listed.Keys.All(known.Contains);
        foreach (var tag in told.Where(tag => !named.Contains(tag) && !unused.Exists(row => row.OwnedTagId == tag)))
        {
            var carriers = await db.DeviceTags.CountAsync(row => row.OwnedTagId == tag, cancellation);
            if (allRead && carriers > 0 && tags[tag].InForce)
            {
                Add(tag, DriftKind.Unused, smartGroup: null, name: null, asks: true).Count = carriers;
            }
        }
    }

    private void Keep(SmartGroupsSeen seen)
    {
        db.SmartGroupLooks.RemoveRange(looks.Where(look => !seen.Listed.ContainsKey(look.SmartGroupId)));
        foreach (var id in seen.Read.Keys.Where(seen.Listed.ContainsKey))
        {
            var look =
                looks.Find(look => look.SmartGroupId == id)
                ?? db.SmartGroupLooks.Add(
                    new SmartGroupLookRow { IntegrationId = integration.Id, SmartGroupId = id }
                ).Entity;
            look.ReadAt = now;
            look.Assignments = look.FewerAt is null ? seen.Listed[id].Assignments : look.Assignments;
        }
    }

    private void End(DriftRow row, DriftState state) => (row.EndedAt, row.State) = (now, state);

    private DriftRow Add(Guid tag, DriftKind kind, int? smartGroup, string? name, bool asks, bool fought = false)
    {
        var row = db
            .Drift.Add(
                new DriftRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = integration.Id,
                    OwnedTagId = tag,
                    Kind = kind,
                    Asks = asks,
                    Fought = fought,
                    SmartGroupId = smartGroup,
                    SmartGroup = name,
                    Since = now,
                    LastSeenAt = now,
                }
            )
            .Entity;
        open.Add(row);
        return row;
    }
}
