using Microsoft.EntityFrameworkCore;
using Picket.Server.Access;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>
/// Runs saved hunts: what it finds is compared with what the run before found, and what is new waits to be looked at.
/// One run at a time; what it shows to whom is decided when somebody looks.
/// </summary>
internal sealed partial class HuntRunner(
    PicketDatabase database,
    HuntSearch search,
    TimeProvider time,
    ILogger<HuntRunner> log
) : IDisposable
{
    /// <summary>A hunt that finds more is about the fleet, not about devices: beyond that nothing is told apart as new.</summary>
    private const int MostFollowed = 10_000;

    private readonly SemaphoreSlim running = new(1, 1);

    /// <summary>One hunt that cannot be run does not keep the others; it says so itself.</summary>
    public async Task RunAllAsync(CancellationToken cancellation)
    {
        List<Guid> hunts;
        await using (var db = database.Open())
        {
            hunts = await db.Hunts.OrderBy(hunt => hunt.Id).Select(hunt => hunt.Id).ToListAsync(cancellation);
        }

        foreach (var hunt in hunts)
        {
            try
            {
                await Rivalry.RepeatAsync(async () =>
                {
                    await RunAsync(hunt, cancellation);
                    return true;
                });
            }
            catch (Exception mistake) when (!cancellation.IsCancellationRequested)
            {
                Failed(log, hunt, mistake);
                await NoteAsync(hunt, mistake, cancellation);
            }
        }
    }

    public async Task RunAsync(Guid id, CancellationToken cancellation)
    {
        await running.WaitAsync(cancellation);
        try
        {
            await using var db = database.Open();
            if (await db.Hunts.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } hunt)
            {
                return; // Removed meanwhile.
            }

            await RunAsync(db, hunt, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Removed while it ran: nothing of it was written.
        }
        finally
        {
            running.Release();
        }
    }

    private async Task RunAsync(PicketDbContext db, HuntRow hunt, CancellationToken cancellation)
    {
        var question = HuntQueries.Question(hunt.Kind, hunt.Value);
        var sought = await search.FindAsync(db, Visible.Everything, question, actor: null, cancellation);
        var now = time.GetUtcNow();
        if (sought.Quarry is not { } quarry)
        {
            (hunt.LastRunAt, hunt.Note) = (now, sought.Mistake ?? question.Mistake);
            await db.SaveChangesAsync(cancellation);
            return;
        }

        var found = await FoundAsync(db, hunt, quarry, now, cancellation);
        var first = hunt.LastRunAt is null;
        var before = await db
            .HuntDevices.AsNoTracking()
            .Where(row => row.HuntId == hunt.Id)
            .ToDictionaryAsync(row => row.DeviceId, cancellation);
        foreach (var device in found)
        {
            var known = before.GetValueOrDefault(device.DeviceId);
            device.New = known?.New is true || (!first && (known is null || (device.HasNow && !known.HasNow)));
        }

        var lost = before.Keys.Except(found.Select(device => device.DeviceId)).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db
            .HuntDevices.Where(row => row.HuntId == hunt.Id && lost.Contains(row.DeviceId))
            .ExecuteDeleteAsync(cancellation);
        await database.Bulk.UpsertAsync(db, found, cancellation);
        (hunt.LastRunAt, hunt.Note) = (now, NoteOf(found.Count));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<List<HuntDeviceRow>> FoundAsync(
        PicketDbContext db,
        HuntRow hunt,
        Quarry quarry,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var devices = db.Devices.AsNoTracking();
        var ever = await quarry
            .Ever(db, devices)
            .OrderBy(device => device.Id)
            .Select(device => new { device.Id, device.IntegrationId })
            .Take(MostFollowed)
            .ToListAsync(cancellation);
        var have = (await quarry.Now(db, devices).Select(device => device.Id).ToListAsync(cancellation)).ToHashSet();
        var forAll = await ForAllAsync(db, quarry, devices, cancellation);
        return
        [
            .. ever.Select(device => new HuntDeviceRow
            {
                HuntId = hunt.Id,
                DeviceId = device.Id,
                IntegrationId = device.IntegrationId,
                Personal = forAll?.Contains(device.Id) is false,
                HasNow = have.Contains(device.Id),
                FoundAt = now,
            }),
        ];
    }

    /// <summary>The devices that may be told to whom no personal apps are shown; null where the hunt is not about apps.</summary>
    private static async Task<HashSet<Guid>?> ForAllAsync(
        PicketDbContext db,
        Quarry quarry,
        IQueryable<DeviceRow> devices,
        CancellationToken cancellation
    ) =>
        quarry.ForAll is { } forAll
            ? [.. await forAll.Ever(db, devices).Select(device => device.Id).ToListAsync(cancellation)]
            : null;

    private static string? NoteOf(int found) =>
        found < MostFollowed
            ? null
            : $"It finds {MostFollowed} devices or more: those beyond are counted by the hunt's page, not told as new.";

    private async Task NoteAsync(Guid id, Exception mistake, CancellationToken cancellation)
    {
        var note = $"The last run failed, what is told is from before: {mistake.GetBaseException().Message}";
        await using var db = database.Open();
        await db
            .Hunts.Where(hunt => hunt.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(hunt => hunt.Note, note), cancellation);
    }

    [LoggerMessage(1, LogLevel.Error, "Saved hunt {Hunt} could not be run; the others are.")]
    private static partial void Failed(ILogger log, Guid hunt, Exception mistake);

    public void Dispose() => running.Dispose();
}
