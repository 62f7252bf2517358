using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>Devices that stay as others left them: a person is asked, or said that they may stay so.</summary>
internal static class DriftedDevices
{
    /// <summary>What keeps a tag run from making something true.</summary>
    public static IQueryable<DriftRow> Leaving(PicketDbContext db, Guid integration) =>
        db.Drift.Where(row =>
            row.IntegrationId == integration
            && row.EndedAt == null
            && (row.Kind == DriftKind.Lost || row.Kind == DriftKind.Carried || row.Kind == DriftKind.Deleted)
            && (row.State == DriftState.Accepted || row.Asks)
        );

    /// <summary>
    /// Those of the devices that differ which are left: as long as nothing else is wanted of them than when it was seen; and
    /// where a deleted tag is not to be made anew, all that would get it.
    /// </summary>
    public static async Task<IReadOnlySet<long>> LeftAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyList<TagState> differing,
        CancellationToken cancellation
    )
    {
        var leaving = Leaving(db, integration);
        if (differing.Count == 0 || !await leaving.AnyAsync(cancellation))
        {
            return new HashSet<long>();
        }

        var left = await (
            from drifted in db.DriftDevices
            join drift in leaving on drifted.DriftId equals drift.Id
            join tag in db.OwnedTags on drift.OwnedTagId equals tag.Id
            where drifted.EndedAt == null && tag.Set == null
            select new { drifted.RemoteId, drifted.Level }
        ).ToListAsync(cancellation);
        var levels = await LevelsAsync(db, integration, [.. left.Select(device => device.RemoteId)], cancellation);
        var deleted = await (
            from drift in leaving
            where drift.Kind == DriftKind.Deleted
            join tag in db.OwnedTags on drift.OwnedTagId equals tag.Id
            where tag.RemoteId == null && tag.Level != null
            select (int)tag.Level!.Value
        ).ToListAsync(cancellation);
        HashSet<long> stay =
        [
            .. left.Where(device => device.Level == levels.GetValueOrDefault(device.RemoteId))
                .Select(device => (long)device.RemoteId),
            .. differing
                .Where(state => state.WantedLevel is { } level && deleted.Contains(level))
                .Select(state => state.Device),
        ];
        return stay;
    }

    /// <summary>
    /// What differs without the tags of the policy's sets that are left as others left them: those alone, for each set is a
    /// purpose of its own.
    /// </summary>
    public static async Task<IReadOnlyList<TagState>> WithoutLeftAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyList<TagState> differing,
        CancellationToken cancellation
    )
    {
        var leaving = Leaving(db, integration);
        if (differing.Count == 0 || !await leaving.AnyAsync(cancellation))
        {
            return differing;
        }

        var left = await (
            from drift in leaving
            join tag in db.OwnedTags on drift.OwnedTagId equals tag.Id
            where tag.Set != null
            from drifted in db
                .DriftDevices.Where(row => row.DriftId == drift.Id && row.EndedAt == null)
                .DefaultIfEmpty()
            where drift.Kind == DriftKind.Deleted ? tag.RemoteId == null : drifted != null
            select new
            {
                drift.Kind,
                tag.Name,
                Number = tag.RemoteId,
                Device = drifted == null ? (int?)null : drifted.RemoteId,
            }
        ).ToListAsync(cancellation);
        if (left.Count == 0)
        {
            return differing;
        }

        var deleted = left.Where(row => row.Kind == DriftKind.Deleted).Select(row => row.Name).ToHashSet();
        var byDevice = left.ToLookup(row => row.Device ?? 0);
        return
        [
            .. from state in differing
            let its = byDevice[(int)state.Device]
            let lost = its.Where(row => row.Kind == DriftKind.Lost).Select(row => row.Name).Concat(deleted)
            let carried = its.Where(row => row.Kind == DriftKind.Carried).Select(row => (long)(row.Number ?? 0))
            let rest = state with
            {
                CurrentTags = [.. state.CurrentTags.Except(carried)],
                WantedOfSets = [.. state.WantedOfSets.Except(lost)],
            }
            where rest.WantedLevel is not null || rest.CurrentTags.Count + rest.WantedOfSets.Count > 0
            select rest,
        ];
    }

    /// <summary>Those that are to carry a tag of the policy's sets; none for a tag of a level.</summary>
    public static async Task<IReadOnlySet<int>> WantingAsync(
        PicketDbContext db,
        OwnedTagRow tag,
        IReadOnlyCollection<int> numbers,
        CancellationToken cancellation
    )
    {
        var wanting = new HashSet<int>();
        foreach (var some in tag.Set is null ? [] : numbers.Distinct().Chunk(500))
        {
            wanting.UnionWith(
                await (
                    from device in db.Devices
                    join wish in db.WantedTags on device.Id equals wish.DeviceId
                    where device.IntegrationId == tag.IntegrationId && device.GoneAt == null
                    where some.Contains(device.RemoteId) && wish.Tag == tag.Name
                    select device.RemoteId
                ).ToListAsync(cancellation)
            );
        }

        return wanting;
    }

    /// <summary>The change by others that one device is left with.</summary>
    public static Task<Guid?> OfDeviceAsync(
        PicketDbContext db,
        Guid integration,
        int number,
        RiskLevel level,
        CancellationToken cancellation
    ) =>
        (
            from drifted in db.DriftDevices
            join drift in Leaving(db, integration) on drifted.DriftId equals drift.Id
            where drifted.RemoteId == number && drifted.EndedAt == null && drifted.Level == level
            orderby drift.Id
            select (Guid?)drift.Id
        ).FirstOrDefaultAsync(cancellation);

    /// <summary>Present levels; what is in no inventory, or has left it, is absent.</summary>
    public static async Task<Dictionary<int, RiskLevel?>> LevelsAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyCollection<int> numbers,
        CancellationToken cancellation
    )
    {
        var levels = new Dictionary<int, RiskLevel?>();
        foreach (var some in numbers.Distinct().Chunk(500))
        {
            foreach (
                var device in await db
                    .Devices.Where(row =>
                        row.IntegrationId == integration && row.GoneAt == null && some.Contains(row.RemoteId)
                    )
                    .Select(row => new { row.RemoteId, row.Level })
                    .ToListAsync(cancellation)
            )
            {
                levels[device.RemoteId] = device.Level;
            }
        }

        return levels;
    }
}
