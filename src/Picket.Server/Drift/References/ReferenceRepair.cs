using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>
/// Puts tags back into the smart groups that named them: 1 read the group just before; 2 refuse what would lose something, or
/// is not ours to change; 3 mark it in the ledger; 4 send the group as it was read, with the tag; 5 read it back.
/// </summary>
internal sealed class ReferenceRepair(
    PicketDatabase database,
    WorkspaceOneClient client,
    IntegrationRow integration,
    TimeProvider time
)
{
    private const string Right = "rest-smart-groups-edit";

    private readonly ReferenceLedger ledger = new(database, time);

    /// <summary>What nobody has to be asked about, by the policy or because somebody said so.</summary>
    /// <exception cref="WritesStoppedException">All writes are stopped; it goes on after the release.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked; it is tried again.</exception>
    public async Task RepairAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = await ReferenceNotes
            .Open(db, integration.Id)
            .Where(row => !row.Asks && row.State == DriftState.Open)
            .OrderBy(row => row.Id)
            .Take(TagReferences.MostRead)
            .ToListAsync(cancellation);
        foreach (var row in rows)
        {
            var tag = await db.OwnedTags.AsNoTracking().SingleAsync(tag => tag.Id == row.OwnedTagId, cancellation);
            if (TaggingGate.Refusal(integration) is null && tag.RemoteId is { } number)
            {
                await RepairAsync(db, row, new KnownTag(tag.Id, number, tag.Name), cancellation);
            }
        }
    }

    /// <summary>A reading says that the tag is named.</summary>
    /// <returns>It is our doing: a write of ours was sent, which the reading confirms.</returns>
    public static async Task<bool> SettleAsync(
        PicketDbContext db,
        DriftRow row,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var entry = await db.Ledger.SingleOrDefaultAsync(entry => entry.Id == row.LedgerEntryId, cancellation);
        if (entry is { State: LedgerState.Sent })
        {
            (entry.State, entry.ConfirmedAt, entry.Error) = (LedgerState.Confirmed, now, null);
        }

        return entry is { State: LedgerState.Confirmed };
    }

    private async Task RepairAsync(PicketDbContext db, DriftRow row, KnownTag tag, CancellationToken cancellation)
    {
        var read = await ReferenceReading.FindAsync(client, row.SmartGroupId!.Value, cancellation); // 1
        if (read is null)
        {
            return; // That it is gone the next look notes.
        }

        if (read.Tags?.Contains(tag.Number) is true)
        {
            await EndAsync(db, row, tag, cancellation);
            return;
        }

        if (await RefusalAsync(db, read, cancellation) is { } refusal) // 2
        {
            await AskAsync(db, row, tag, refusal, cancellation);
            return;
        }

        var reference = await ReferenceOf(db, row).AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (await ledger.MarkSentAsync(row, read.Name ?? "", cancellation) is not { } entry) // 3
        {
            return;
        }

        row.LedgerEntryId = entry;
        try
        {
            var old = reference is { Number: var number } && number != tag.Number ? new[] { number } : [];
            await client.SmartGroups.NameTagAsync(read, tag.Number, tag.Name, old, cancellation); // 4
        }
        catch (WorkspaceOneException failure)
        {
            if (!await IsToBeReadBackAsync(db, row, tag, failure, cancellation))
            {
                return;
            }
        }

        await ConfirmAsync(db, row, tag, read, cancellation); // 5
    }

    /// <summary>What is not safe, or not ours, to write.</summary>
    private async Task<string?> RefusalAsync(
        PicketDbContext db,
        UemSmartGroupDocument read,
        CancellationToken cancellation
    )
    {
        if (read.Tags is null || !"All".Equals(read.CriteriaType, StringComparison.OrdinalIgnoreCase))
        {
            return "The smart group is of devices and users that are named one by one now: it has no tags.";
        }

        if (read.Unknown.Count > 0)
        {
            return $"The smart group has criteria that Picket does not know, and would lose: {string.Join(", ", read.Unknown)}.";
        }

        var isBelow =
            read.ManagedByOrganizationGroupId == integration.OrganizationGroupId
            || await db.OrganizationGroups.AnyAsync(
                group =>
                    group.IntegrationId == integration.Id
                    && group.RemoteId == read.ManagedByOrganizationGroupId
                    && group.GoneAt == null,
                cancellation
            );
        return isBelow
            ? null
            : $"The smart group is managed by organization group {read.ManagedByOrganizationGroupId}, which is not below the integration's own.";
    }

    /// <returns>False where it was refused or never left.</returns>
    private async Task<bool> IsToBeReadBackAsync(
        PicketDbContext db,
        DriftRow row,
        KnownTag tag,
        WorkspaceOneException failure,
        CancellationToken cancellation
    )
    {
        var fate = WriteFailure.Of(failure);
        var state = fate == WriteFate.Unclear ? LedgerState.Sent : WriteFailure.Ended(failure);
        await db
            .Ledger.Where(entry => entry.Id == row.LedgerEntryId)
            .NoteAsync(state, failure, time.GetUtcNow(), cancellation);
        if (fate == WriteFate.Unclear)
        {
            return true;
        }

        if (fate == WriteFate.NotSent && failure is not PermissionMissingException)
        {
            await db.SaveChangesAsync(cancellation);
            throw failure;
        }

        var why =
            failure is PermissionMissingException
                ? MissingRight.Explain(failure, Right, "then repair it again")
                : $"The UEM did not let it be changed: {failure.Message}";
        await AskAsync(db, row, tag, why, cancellation);
        return false;
    }

    private async Task ConfirmAsync(
        PicketDbContext db,
        DriftRow row,
        KnownTag tag,
        UemSmartGroupDocument before,
        CancellationToken cancellation
    )
    {
        var after = await ReferenceReading.FindAsync(client, before.Id, cancellation);
        if (after?.Tags?.Contains(tag.Number) is not true)
        {
            await db
                .Ledger.Where(entry => entry.Id == row.LedgerEntryId)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(entry => entry.State, LedgerState.Failed)
                            .SetProperty(entry => entry.Error, "Read back, the smart group does not name the tag."),
                    cancellation
                );
            await AskAsync(db, row, tag, "Read back, the smart group does not name the tag.", cancellation);
            return;
        }

        if (before.Differences(after) is { Count: > 0 } others)
        {
            await SettleAsync(db, row, time.GetUtcNow(), cancellation);
            await AskAsync(
                db,
                row,
                tag,
                $"The tag is back, but the smart group reads otherwise than before in {string.Join(", ", others)}: somebody changed it at the same time, or the UEM took it otherwise. Look at it, then let it stay.",
                cancellation,
                byHand: false
            );
            return;
        }

        await EndAsync(db, row, tag, cancellation);
    }

    private async Task EndAsync(PicketDbContext db, DriftRow row, KnownTag tag, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var isOurs = await SettleAsync(db, row, now, cancellation);
        (row.EndedAt, row.State, row.Trouble) = (now, isOurs ? DriftState.Repaired : DriftState.Gone, null);
        if (await ReferenceOf(db, row).SingleOrDefaultAsync(cancellation) is { } reference)
        {
            (reference.Number, reference.SeenAt, reference.MissedAt, reference.MissedAs) = (
                tag.Number,
                now,
                null,
                null
            );
        }

        var unused = db.Drift.Where(one =>
            one.OwnedTagId == tag.Id && one.Kind == DriftKind.Unused && one.EndedAt == null
        );
        await unused.ForEachAsync(one => (one.EndedAt, one.State) = (now, DriftState.Gone), cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Nobody tries it again by himself.</summary>
    private static async Task AskAsync(
        PicketDbContext db,
        DriftRow row,
        KnownTag tag,
        string why,
        CancellationToken cancellation,
        bool byHand = true
    )
    {
        row.Asks = true;
        row.Trouble = byHand
            ? $"{why} By hand: in the UEM's console, Groups & Settings > Groups > Assignment Groups, edit \"{row.SmartGroup}\" and choose the tag \"{tag.Name}\"."
            : why;
        await db.SaveChangesAsync(cancellation);
    }

    private static IQueryable<TagReferenceRow> ReferenceOf(PicketDbContext db, DriftRow row) =>
        db.TagReferences.Where(one =>
            one.IntegrationId == row.IntegrationId
            && one.SmartGroupId == row.SmartGroupId
            && one.OwnedTagId == row.OwnedTagId
        );
}
