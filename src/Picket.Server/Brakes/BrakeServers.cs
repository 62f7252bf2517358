using Microsoft.EntityFrameworkCore;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>How far the other servers at the same database are.</summary>
/// <param name="UnderWay">Writes of theirs that are not at their end.</param>
/// <param name="Unseen">Names of those that have not closed their gate yet.</param>
internal sealed record OtherServers(int UnderWay, IReadOnlyList<string> Unseen)
{
    public static readonly OtherServers None = new(0, []);

    public bool HaveFollowed => UnderWay == 0 && Unseen.Count == 0;
}

/// <summary>
/// The servers that share a database: each says, with every look, how far it has seen. One that has not looked for half a
/// minute is taken for gone; it has closed its own gate long before, see <see cref="BrakesWorker"/>.
/// </summary>
internal sealed class BrakeServers(PicketDatabase database, TimeProvider time)
{
    /// <summary>Clocks may differ by some of it.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Guid self = Guid.NewGuid();

    public async Task SayAsync(long seen, int underWay, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var said = await db
            .BrakeServers.Where(row => row.Id == self)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Seen, seen)
                        .SetProperty(row => row.UnderWay, underWay)
                        .SetProperty(row => row.SeenAt, now),
                cancellation
            );
        if (said > 0)
        {
            return;
        }

        var longGone = now - Kept;
        await db.BrakeServers.Where(row => row.SeenAt < longGone).ExecuteDeleteAsync(cancellation);
        db.BrakeServers.Add(
            new BrakeServerRow
            {
                Id = self,
                Name = WorkLeaseRow.NameOfThis,
                Seen = seen,
                UnderWay = underWay,
                SeenAt = now,
            }
        );
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Nobody waits any more for one that has ended in an orderly way.</summary>
    public async Task LeaveAsync()
    {
        await using var db = database.Open();
        await db.BrakeServers.Where(row => row.Id == self).ExecuteDeleteAsync();
    }

    /// <param name="stamp">Of the stop that they are to have seen.</param>
    public async Task<OtherServers> OthersAsync(long stamp, CancellationToken cancellation)
    {
        if (database.IsSqlite)
        {
            return OtherServers.None; // The embedded database has one server.
        }

        var since = time.GetUtcNow() - Alive;
        await using var db = database.Open();
        var others = await db
            .BrakeServers.AsNoTracking()
            .Where(row => row.Id != self && row.SeenAt > since)
            .OrderBy(row => row.Name)
            .ToListAsync(cancellation);
        return new OtherServers(
            others.Sum(row => row.UnderWay),
            [.. others.Where(row => row.Seen < stamp).Select(row => row.Name)]
        );
    }
}
