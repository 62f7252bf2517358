using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>
/// A page of the devices that a hunt found, with what is known of from when to when. A reading sees what is there, not
/// when it came: each beginning lies between two readings. What went and came back has a period for each time.
/// </summary>
internal static class HuntHits
{
    private const int MostNamed = 3;
    private const int MostPeriods = 20;

    /// <param name="kept">Changes of devices before that may be deleted.</param>
    public static async Task<IReadOnlyList<HuntHit>> OfAsync(
        PicketDbContext db,
        Quarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        var periods = await PeriodsAsync(db, quarry, devices, kept, cancellation);
        var users = await UserIds.OfAsync(db, devices, cancellation);
        return
        [
            .. from device in devices
            where periods[device.Id].Any() // Else it changed between two queries.
            select Of(device, [.. periods[device.Id]]) with
            {
                UserId = users.Of(device),
            },
        ];
    }

    private static async Task<ILookup<Guid, HuntPeriod>> PeriodsAsync(
        PicketDbContext db,
        Quarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        var parts = quarry is FeedQuarry feed ? feed.Parts : [quarry];
        var found = new List<(Guid Device, HuntPeriod Period)>();
        foreach (var part in parts)
        {
            found.AddRange(
                part is AppQuarry apps
                    ? await AppPeriods.OfAsync(db, apps, devices, cancellation)
                    : await AttributePeriods.OfAsync(db, (AttributeQuarry)part, devices, kept, cancellation)
            );
        }

        return found.ToLookup(each => each.Device, each => each.Period);
    }

    private static HuntHit Of(DeviceRow device, List<HuntPeriod> periods)
    {
        var ordered = periods
            .OrderBy(period => period.GoneBy ?? DateTimeOffset.MaxValue)
            .ThenBy(period => period.FirstSeenAt)
            .ThenBy(period => period.Value, StringComparer.Ordinal)
            .ToList();
        var (first, last) = (periods.MinBy(period => period.FirstSeenAt)!, ordered[^1]);
        var named = periods.Select(period => period.Value).Distinct().Order(StringComparer.Ordinal).Take(MostNamed);
        return new HuntHit
        {
            DeviceId = device.Id,
            IntegrationId = device.IntegrationId,
            DeviceName = DeviceViews.Name(device),
            User = device.UserName,
            Value = string.Join(", ", named),
            Version = last.Version,
            HasNow = last.GoneBy is null,
            FirstSeenAt = first.FirstSeenAt,
            NotBefore = first.NotBefore,
            LastSeenAt = last.LastSeenAt,
            GoneBy = last.GoneBy,
            Periods = [.. ordered.TakeLast(MostPeriods)],
            EarlierPeriods = Math.Max(0, ordered.Count - MostPeriods),
        };
    }
}
