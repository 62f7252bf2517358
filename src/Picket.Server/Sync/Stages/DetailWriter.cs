using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Writes what apps and security details changed: presence periods of apps, and columns of the device.</summary>
internal sealed class DetailWriter(
    PicketDatabase database,
    AppCatalogue catalogue,
    PersonalAppKey key,
    TimeProvider time
)
{
    private static readonly AppPrivacySettings Privacy = new();
    private static readonly string[] Details =
    [
        nameof(DeviceRow.PasscodePresent),
        nameof(DeviceRow.PasscodeCompliant),
        nameof(DeviceRow.Encrypted),
        nameof(DeviceRow.BlockEncrypted),
        nameof(DeviceRow.SecurityReadAt),
        nameof(DeviceRow.SecurityState),
        nameof(DeviceRow.AppsReadAt),
        nameof(DeviceRow.AppsState),
        nameof(DeviceRow.JudgingDue),
    ];

    public async Task WriteAsync(SyncRun run, IReadOnlyList<DeviceDetails> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return;
        }

        await using var db = database.Open();
        var now = time.GetUtcNow();
        var ids = batch.Select(details => details.Target.Id).ToArray();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellation);
        var present = (
            await db
                .DeviceApps.AsNoTracking()
                .Where(row => ids.Contains(row.DeviceId) && row.GoneAt == null)
                .ToListAsync(cancellation)
        ).ToLookup(row => row.DeviceId);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var apps = await catalogue.IdsAsync(db, database.Bulk, Kept(batch), now, cancellation);
        var added = new List<DeviceAppRow>();
        var gone = new List<DeviceAppRow>();
        foreach (var details in batch)
        {
            Apps(details, present[details.Target.Id], apps, added, gone, now);
            Apply(details, devices[details.Target.Id], now);
        }

        await database.Bulk.InsertAsync(db, added, cancellation);
        await database.Bulk.UpdateAsync(db, gone, [nameof(DeviceAppRow.GoneAt)], cancellation);
        await database.Bulk.UpdateAsync(db, [.. devices.Values], Details, cancellation);
        run.Count("details", read: batch.Count, added: added.Count, removed: gone.Count);
        run.Attach(db);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private IEnumerable<KeptApp> Kept(IEnumerable<DeviceDetails> batch) =>
        batch.SelectMany(details => (details.Apps ?? []).Select(app => Keep(details.Target, app))).OfType<KeptApp>();

    /// <summary>The app as it may reach the database; null for one without an identifier, or one not to be kept.</summary>
    private KeptApp? Keep(DetailTarget target, UemInstalledApp app)
    {
        if (string.IsNullOrWhiteSpace(app.BundleId))
        {
            return null;
        }

        var keeping = AppPrivacy.Keep(Ownerships.Of(target.Ownership), IsManaged(app), Privacy);
        return keeping switch
        {
            AppKeeping.Plain => new KeptApp(target.Platform, app.BundleId, false, app.DisplayName ?? app.Name),
            AppKeeping.KeyedHash => new KeptApp(target.Platform, AppPrivacy.Hash(key.Value, app.BundleId), true, null),
            _ => null,
        };
    }

    private void Apps(
        DeviceDetails details,
        IEnumerable<DeviceAppRow> present,
        IReadOnlyDictionary<KeptApp, Guid> ids,
        List<DeviceAppRow> added,
        List<DeviceAppRow> gone,
        DateTimeOffset now
    )
    {
        if (details.Apps is null)
        {
            return; // Not read is not gone.
        }

        var stored = present.GroupBy(row => row.AppId).ToDictionary(rows => rows.Key.ToString(), rows => rows.Last());
        var installed =
            from app in details.Apps
            let kept = Keep(details.Target, app)
            where kept is not null
            select new InstalledApp(ids[kept].ToString(), app.InstalledVersion, IsManaged(app));
        var plan = AppPresence.Plan(
            installed,
            stored.Values.Select(row => new StoredApp(row.AppId.ToString(), row.Version, row.Managed)),
            complete: true
        );

        foreach (var closed in plan.Removed.Concat(plan.Changed.Select(change => change.Before)))
        {
            var row = stored[closed.Identifier];
            row.GoneAt = now;
            gone.Add(row);
        }

        added.AddRange(
            plan.Added.Concat(plan.Changed.Select(change => change.After))
                .Select(app => new DeviceAppRow
                {
                    Id = Guid.CreateVersion7(now),
                    DeviceId = details.Target.Id,
                    AppId = Guid.Parse(app.Identifier),
                    Version = app.Version,
                    Managed = app.Managed,
                    FirstSeenAt = now,
                })
        );
    }

    private static void Apply(DeviceDetails details, DeviceRow device, DateTimeOffset now)
    {
        device.AppsState = AppsState(details, device.AppsState);
        if (details.Apps is not null)
        {
            device.AppsReadAt = now;
        }

        if (details.Security is { } security)
        {
            device.PasscodePresent = security.IsPasscodePresent;
            device.PasscodeCompliant = security.IsPasscodeCompliant;
            device.Encrypted = security.IsEncrypted;
            device.BlockEncrypted = security.BlockLevelEncryption;
            (device.SecurityReadAt, device.SecurityState) = (now, DetailState.Known);
        }
        else
        {
            device.SecurityState = DetailState.Failed;
        }

        device.JudgingDue = true;
    }

    /// <summary>An employee's device that shows managed apps only hides the others; an empty list says nothing at all.</summary>
    private static DetailState AppsState(DeviceDetails details, DetailState before) =>
        details switch
        {
            { AppsSupported: false } => DetailState.NotSupported,
            { Apps: null } => before == DetailState.Known ? DetailState.Known : DetailState.Failed,
            { Apps: var apps } when apps.Any(app => !IsManaged(app)) => DetailState.Known,
            { Apps.Count: 0 } => DetailState.Limited,
            _ => Ownerships.Of(details.Target.Ownership) is DeviceOwnership.Corporate or DeviceOwnership.CorporateShared
                ? DetailState.Known
                : DetailState.Limited,
        };

    private static bool IsManaged(UemInstalledApp app) =>
        app.AssignmentStatus is { } status
            ? status.Equals("Assigned", StringComparison.OrdinalIgnoreCase)
            : app.InstalledStatus?.Equals("Managed", StringComparison.OrdinalIgnoreCase) is true;
}
