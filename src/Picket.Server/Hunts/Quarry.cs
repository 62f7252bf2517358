using Picket.Core.Hunts;
using Picket.Server.Access;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>
/// What a hunt looks for, as the database finds it: from the few distinct apps or values to the devices, never from each
/// device to what it has.
/// </summary>
internal abstract record Quarry
{
    /// <summary>Those of the devices that have it, as last read.</summary>
    public abstract IQueryable<DeviceRow> Now(PicketDbContext db, IQueryable<DeviceRow> devices);

    /// <summary>Those that have it, or had it; devices that left the fleet too.</summary>
    public abstract IQueryable<DeviceRow> Ever(PicketDbContext db, IQueryable<DeviceRow> devices);

    /// <summary>The part that may be told to whom no personal apps are shown; null where that is all of it.</summary>
    public virtual Quarry? ForAll => null;
}

/// <param name="Apps">Rows of the apps.</param>
/// <param name="Visible">Whose personal apps may be found.</param>
/// <param name="Names">What stands for an app that has no name of its own: the indicator or the id that found its hash.</param>
internal sealed record AppQuarry(HuntedApp Apps, Visible Visible, IReadOnlyDictionary<Guid, string> Names) : Quarry
{
    public override IQueryable<DeviceRow> Now(PicketDbContext db, IQueryable<DeviceRow> devices) =>
        Holders(db.DeviceApps.Where(held => held.GoneAt == null), devices.Where(device => device.GoneAt == null));

    public override IQueryable<DeviceRow> Ever(PicketDbContext db, IQueryable<DeviceRow> devices) =>
        Holders(db.DeviceApps, devices);

    public override Quarry ForAll => this with { Visible = new Visible(null, []) };

    /// <summary>Rows of apps that may be told of a device of this integration.</summary>
    public IReadOnlyList<Guid> ShownAt(Guid integration) =>
        Visible.ShowsPersonalApps(integration) ? Apps.Rows : Apps.InClear;

    private IQueryable<DeviceRow> Holders(IQueryable<DeviceAppRow> held, IQueryable<DeviceRow> devices)
    {
        var (rows, inClear) = (Apps.Rows, Apps.InClear);
        var holders = held.Where(row => rows.Contains(row.AppId)).Select(row => row.DeviceId);
        if (!Visible.HidesPersonalApps)
        {
            return devices.Where(device => holders.Contains(device.Id));
        }

        var open = Visible.PersonalApps!;
        var shown = held.Where(row => inClear.Contains(row.AppId)).Select(row => row.DeviceId);
        return devices
            .WhereAppsAreVisible(Visible)
            .Where(device =>
                shown.Contains(device.Id) || (open.Contains(device.IntegrationId) && holders.Contains(device.Id))
            );
    }
}

/// <param name="Platform">Of a version: the system; null for every one.</param>
/// <param name="Values">The stored values that fit the question.</param>
internal sealed record AttributeQuarry(HuntSubject Subject, string? Platform, IReadOnlyList<string> Values) : Quarry
{
    /// <summary>Names in the history of devices.</summary>
    public IReadOnlyList<string> Attributes { get; } = HuntedAttributes.Of(Subject);

    public override IQueryable<DeviceRow> Now(PicketDbContext db, IQueryable<DeviceRow> devices) =>
        OfPlatform(HuntedAttributes.Where(devices, Subject, Values).Where(device => device.GoneAt == null));

    public override IQueryable<DeviceRow> Ever(PicketDbContext db, IQueryable<DeviceRow> devices)
    {
        var (names, values) = (Attributes, Values);
        var changed = db
            .DeviceChanges.Where(change =>
                names.Contains(change.Attribute) && (values.Contains(change.Before!) || values.Contains(change.After!))
            )
            .Select(change => change.DeviceId);
        var have = HuntedAttributes.Where(devices, Subject, Values).Select(device => device.Id);
        return OfPlatform(devices.Where(device => have.Contains(device.Id) || changed.Contains(device.Id)));
    }

    private IQueryable<DeviceRow> OfPlatform(IQueryable<DeviceRow> devices) =>
        Platform is { } platform ? devices.WherePlatform(platform) : devices;
}

/// <summary>All that a feed lists: apps, and versions, patch levels and models.</summary>
/// <param name="Systems">One for each subject and platform of which a stored value fits.</param>
/// <param name="Subjects">What its indicators of systems are about, whether a value fits or none does.</param>
internal sealed record FeedQuarry(
    AppQuarry Apps,
    IReadOnlyList<AttributeQuarry> Systems,
    IReadOnlyList<HuntSubject> Subjects
) : Quarry
{
    public IEnumerable<Quarry> Parts => [Apps, .. Systems];

    public override Quarry ForAll => this with { Apps = (AppQuarry)Apps.ForAll };

    public override IQueryable<DeviceRow> Now(PicketDbContext db, IQueryable<DeviceRow> devices) =>
        Any(devices, part => part.Now(db, devices));

    public override IQueryable<DeviceRow> Ever(PicketDbContext db, IQueryable<DeviceRow> devices) =>
        Any(devices, part => part.Ever(db, devices));

    private IQueryable<DeviceRow> Any(IQueryable<DeviceRow> devices, Func<Quarry, IQueryable<DeviceRow>> found)
    {
        var ids = Parts
            .Select(part => found(part).Select(device => device.Id))
            .Aggregate((one, more) => one.Union(more));
        return devices.Where(device => ids.Contains(device.Id));
    }
}
