using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>Notes what hangs on the smart groups that name a tag, by the UEM's own count.</summary>
internal sealed class AssignmentNotes(PicketDbContext db, Guid integration, DateTimeOffset now)
{
    /// <summary>Counts lag behind, so what we wrote within this time before the last look may be what lowers one.</summary>
    private static readonly TimeSpan CountsLag = TimeSpan.FromDays(1);

    /// <param name="looks">As they were before this look.</param>
    /// <param name="open">What lasts of references.</param>
    /// <returns>Fewer were counted for the first time: a second look is to tell whether it is so.</returns>
    public async Task<bool> NoteAsync(
        SmartGroupsSeen seen,
        IReadOnlyList<TagReferenceRow> references,
        List<SmartGroupLookRow> looks,
        List<DriftRow> open,
        CancellationToken cancellation
    )
    {
        var live = references.Where(row => row.MissedAt is null).DistinctBy(row => row.SmartGroupId).ToList();
        var told = open.FindAll(row => row is { Kind: DriftKind.FewerAssignments, EndedAt: null });
        foreach (var row in told.Where(row => !live.Exists(one => one.SmartGroupId == row.SmartGroupId)))
        {
            End(row); // That the group is gone, or names no tag, says more.
        }

        var (isFirst, isOurs) = (false, (bool?)null);
        foreach (var row in live)
        {
            if (seen.Listed.GetValueOrDefault(row.SmartGroupId)?.Assignments is not { } count)
            {
                continue;
            }

            var look = looks.Find(look => look.SmartGroupId == row.SmartGroupId);
            if (told.Find(drift => drift.SmartGroupId == row.SmartGroupId) is { } known)
            {
                (known.Count, known.LastSeenAt) = (count, now);
                if (count >= known.Before)
                {
                    End(known);
                }
            }
            else if (look?.Assignments > count && !(isOurs ??= await PublishedAsync(looks, cancellation)))
            {
                var isAgain = look.FewerAt is not null;
                if (isAgain)
                {
                    Add(row, look.Assignments.Value, count);
                }

                look.FewerAt = isAgain ? null : now;
                isFirst |= !isAgain;
                continue;
            }

            look?.FewerAt = null;
        }

        return isFirst;
    }

    /// <summary>What Picket assigns and takes back counts there, too.</summary>
    private Task<bool> PublishedAsync(List<SmartGroupLookRow> looks, CancellationToken cancellation)
    {
        var since = looks.Max(look => look.ReadAt) - CountsLag;
        return db.Ledger.AnyAsync(
            row => row.IntegrationId == integration && row.PublicationId != null && row.SentAt >= since,
            cancellation
        );
    }

    private void Add(TagReferenceRow row, int before, int count) =>
        db.Drift.Add(
            new DriftRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration,
                OwnedTagId = row.OwnedTagId,
                Kind = DriftKind.FewerAssignments,
                Asks = true,
                SmartGroupId = row.SmartGroupId,
                SmartGroup = row.SmartGroup,
                Before = before,
                Count = count,
                Since = now,
                LastSeenAt = now,
            }
        );

    private void End(DriftRow row) => (row.EndedAt, row.State) = (now, DriftState.Gone);
}
