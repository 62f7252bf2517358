using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Hunts;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <param name="Errors">By field; null where there are none.</param>
/// <param name="Conflict">Why it cannot be kept although nothing is wrong with it.</param>
internal sealed record Saving(Guid? Id, Dictionary<string, string[]>? Errors = null, string? Conflict = null);

/// <summary>Hunts that are kept.</summary>
internal sealed class SavedHunts(
    PicketDatabase database,
    HuntRunner runner,
    HuntGaps gaps,
    AuditLog audit,
    TimeProvider time
)
{
    private const int Most = 100;
    private const int LongestName = 100;
    private const int LongestReason = 500;

    public async Task<Page<SavedHunt>> ListAsync(
        Visible visible,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var page = await db
            .Hunts.AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var counts = await CountsAsync(db, visible, [.. page.Items.Select(row => row.Id)], cancellation);
        var lacks = await gaps.OfAsync(db, visible, [.. page.Items.Select(Question)], cancellation);
        return new Page<SavedHunt>([.. page.Items.Zip(lacks, (row, gap) => View(row, counts, gap))], page.Next);
    }

    public async Task<SavedHunt?> GetAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Hunts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return null;
        }

        var gap = await gaps.OfAsync(db, visible, Question(row), cancellation);
        return View(row, await CountsAsync(db, visible, [id], cancellation), gap);
    }

    private static HuntQuestion Question(HuntRow row) => HuntQueries.Question(row.Kind, row.Value);

    public async Task<Saving> SaveAsync(SaveHunt hunt, string actor, CancellationToken cancellation)
    {
        if (Mistakes(hunt) is { Count: > 0 } mistakes)
        {
            return new(null, mistakes);
        }

        var now = time.GetUtcNow();
        var row = new HuntRow
        {
            Id = Guid.CreateVersion7(now),
            Name = hunt.Name.Trim(),
            Kind = hunt.Kind,
            Value = hunt.Value.Trim(),
            Owner = hunt.Owner.Trim(),
            Reason = hunt.Reason.Trim(),
            CreatedAt = now,
        };
        await using (var db = database.Open())
        {
            if (await db.Hunts.AnyAsync(known => known.Name == row.Name, cancellation))
            {
                return new(null, Conflict: $"There is a hunt {row.Name} already.");
            }

            if (await db.Hunts.CountAsync(cancellation) >= Most)
            {
                return new(null, Conflict: $"{Most} hunts are kept, which is the most. Remove one that nobody needs.");
            }

            db.Hunts.Add(row);
            audit.Add(
                db,
                actor,
                "hunt.saved",
                row.Id.ToString(),
                after: new
                {
                    row.Name,
                    Kind = $"{row.Kind}",
                    row.Value,
                }
            );
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException clash) when (clash.InnerException is DbException)
            {
                return new(null, Conflict: $"There is a hunt {row.Name} already."); // Saved twice at the same moment.
            }
        }

        await runner.RunAsync(row.Id, cancellation);
        return new(row.Id);
    }

    public async Task<bool> RunAsync(Guid id, CancellationToken cancellation)
    {
        await runner.RunAsync(id, cancellation);
        await using var db = database.Open();
        return await db.Hunts.AnyAsync(row => row.Id == id, cancellation);
    }

    public async Task LookedAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await Shown(db, visible, [id])
            .Where(row => row.New)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.New, false), cancellation);
    }

    public async Task<bool> RemoveAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Hunts.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } hunt)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.HuntDevices.Where(row => row.HuntId == id).ExecuteDeleteAsync(cancellation);
        db.Hunts.Remove(hunt);
        audit.Add(
            db,
            actor,
            "hunt.removed",
            id.ToString(),
            before: new
            {
                hunt.Name,
                Kind = $"{hunt.Kind}",
                hunt.Value,
            }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static Dictionary<string, string[]> Mistakes(SaveHunt hunt)
    {
        var mistakes = new Dictionary<string, string[]>();
        Check("name", hunt.Name, LongestName, "Give it a name");
        Check("owner", hunt.Owner, LongestName, "Say who answers for it");
        Check("reason", hunt.Reason, LongestReason, "Say why it is kept");
        var question = HuntQueries.Question(hunt.Kind, hunt.Value);
        if ((question.Mistake ?? question.NotTestable) is { } wrong)
        {
            mistakes["value"] = [wrong];
        }

        return mistakes;

        void Check(string field, string? value, int longest, string wish)
        {
            if (string.IsNullOrWhiteSpace(value) || value.Trim().Length > longest)
            {
                mistakes[field] = [$"{wish}, in 1 to {longest} characters."];
            }
        }
    }

    /// <summary>What the last run found, as far as somebody may see it.</summary>
    private static IQueryable<HuntDeviceRow> Shown(PicketDbContext db, Visible visible, List<Guid> hunts)
    {
        var rows = db
            .HuntDevices.Where(row => hunts.Contains(row.HuntId))
            .WhereVisible(visible, row => row.IntegrationId);
        if (!visible.HidesPersonalApps)
        {
            return rows;
        }

        var open = visible.PersonalApps!;
        return rows.Where(row => !row.Personal || open.Contains(row.IntegrationId));
    }

    private static async Task<Dictionary<Guid, Counts>> CountsAsync(
        PicketDbContext db,
        Visible visible,
        List<Guid> hunts,
        CancellationToken cancellation
    ) =>
        await Shown(db, visible, hunts)
            .GroupBy(row => row.HuntId)
            .Select(group => new
            {
                group.Key,
                Now = group.Count(row => row.HasNow),
                Had = group.Count(row => !row.HasNow),
                New = group.Count(row => row.New),
            })
            .ToDictionaryAsync(group => group.Key, group => new Counts(group.Now, group.Had, group.New), cancellation);

    private static SavedHunt View(HuntRow row, Dictionary<Guid, Counts> counts, HuntGap gap)
    {
        var count = counts.GetValueOrDefault(row.Id, new Counts(0, 0, 0));
        return new SavedHunt
        {
            Id = row.Id,
            Name = row.Name,
            Kind = row.Kind,
            Value = row.Value,
            Owner = row.Owner,
            Reason = row.Reason,
            CreatedAt = row.CreatedAt,
            LastRunAt = row.LastRunAt,
            Now = count.Now,
            Had = count.Had,
            New = count.New,
            NotSeen = gap.NotSeen,
            UnansweredApps = gap.Apps,
            UnansweredDevices = gap.Devices,
            Note = row.Note,
        };
    }

    private sealed record Counts(int Now, int Had, int New);
}
