using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Hunts;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>The attributes of devices that can be hunted: where they stand now, and under which names in the history.</summary>
internal static class HuntedAttributes
{
    private const string DayFormat = "yyyy-MM-dd";

    public static IReadOnlyList<string> Of(HuntSubject subject) =>
        subject switch
        {
            HuntSubject.OsVersion => ["osVersion"],
            HuntSubject.PatchLevel => ["securityPatch"],
            _ => ["model", "modelIdentifier"],
        };

    public static string NameOf(HuntSubject subject) =>
        subject switch
        {
            HuntSubject.OsVersion => "system version",
            HuntSubject.PatchLevel => "patch level",
            _ => "model",
        };

    /// <summary>What a device has now, by the name in the history.</summary>
    public static string? Current(DeviceRow device, string attribute) =>
        attribute switch
        {
            "osVersion" => device.OsVersion,
            "securityPatch" => device.SecurityPatchDate?.ToString(DayFormat, CultureInfo.InvariantCulture),
            "model" => device.Model,
            _ => device.ModelIdentifier,
        };

    public static IQueryable<DeviceRow> Where(
        IQueryable<DeviceRow> devices,
        HuntSubject subject,
        IReadOnlyList<string> values
    )
    {
        switch (subject)
        {
            case HuntSubject.OsVersion:
                return devices.Where(device => values.Contains(device.OsVersion!));
            case HuntSubject.PatchLevel:
                var days = values
                    .Select(value => (DateOnly?)DateOnly.ParseExact(value, DayFormat, CultureInfo.InvariantCulture))
                    .ToList();
                return devices.Where(device => days.Contains(device.SecurityPatchDate));
            default:
                return devices.Where(device =>
                    values.Contains(device.Model!) || values.Contains(device.ModelIdentifier!)
                );
        }
    }

    /// <summary>Devices of which the attribute is not known.</summary>
    public static IQueryable<DeviceRow> WhereUnknown(IQueryable<DeviceRow> devices, HuntSubject subject) =>
        subject switch
        {
            HuntSubject.OsVersion => devices.Where(device => device.OsVersion == null),
            HuntSubject.PatchLevel => devices
                .Where(device => device.SecurityPatchDate == null)
                .WherePlatform("Android"),
            _ => devices.Where(device => device.Model == null && device.ModelIdentifier == null),
        };

    /// <summary>Every value that a device has or had: a fleet has some hundred of them.</summary>
    public static async Task<IReadOnlyList<string>> ValuesAsync(
        PicketDbContext db,
        HuntSubject subject,
        CancellationToken cancellation
    )
    {
        var names = Of(subject);
        var changes = db.DeviceChanges.AsNoTracking().Where(change => names.Contains(change.Attribute));
        var before = await changes.Select(change => change.Before).Distinct().ToListAsync(cancellation);
        var after = await changes.Select(change => change.After).Distinct().ToListAsync(cancellation);
        var now = await NowAsync(db.Devices.AsNoTracking(), subject, cancellation);
        return [.. before.Concat(after).Concat(now).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string?>> NowAsync(
        IQueryable<DeviceRow> devices,
        HuntSubject subject,
        CancellationToken cancellation
    )
    {
        switch (subject)
        {
            case HuntSubject.OsVersion:
                return await devices.Select(device => device.OsVersion).Distinct().ToListAsync(cancellation);
            case HuntSubject.PatchLevel:
                var days = await devices
                    .Select(device => device.SecurityPatchDate)
                    .Distinct()
                    .ToListAsync(cancellation);
                return days.Select(day => day?.ToString(DayFormat, CultureInfo.InvariantCulture));
            default:
                var models = await devices
                    .Select(device => new { device.Model, device.ModelIdentifier })
                    .Distinct()
                    .ToListAsync(cancellation);
                return models.SelectMany(model => new[] { model.Model, model.ModelIdentifier });
        }
    }
}
