using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using RunRowChange = Picket.Api.RunRowChange;

namespace Picket.Server.Sync.Stages;

/// <summary>Writes what apps and security details changed: presence periods of apps, and columns of the device.</summary>
internal sealed class DetailWriter(
    PicketDatabase database,
    AppCatalogue catalogue,
    PersonalApps personal,
    IntelligenceStore intelligence,
    TimeProvider time
)
{
    private static readonly string[] Details =
    [
        nameof(DeviceRow.PasscodePresent),
        nameof(DeviceRow.PasscodeCompliant),
        nameof(DeviceRow.Encrypted),
        nameof(DeviceRow.BlockEncrypted),
        nameof(DeviceRow.SecurityReadAt),
        nameof(DeviceRow.SecurityState),
        nameof(DeviceRow.BrokenPolicies),
        nameof(DeviceRow.PoliciesReadAt),
        nameof(DeviceRow.AppsReadAt),
        nameof(DeviceRow.AppsState),
        nameof(DeviceRow.AppsWholeAt),
        nameof(DeviceRow.AppsWholeSince),
        nameof(DeviceRow.PersonalApps),
        nameof(DeviceRow.DetailsTriedAt),
        nameof(DeviceRow.DetailFailures),
        nameof(DeviceRow.DetailsNotBefore),
    ];

    public async Task WriteAsync(SyncRun run, IReadOnlyList<DeviceDetails> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return;
        }

        IReadOnlyList<Guid> matched = [];
        await run.WriteAsync(
            database,
            async db => matched = await WriteAsync(db, run, batch, cancellation),
            cancellation
        );
        await JudgeHoldersAsync(matched, cancellation);
    }

    /// <returns>Apps that a pattern in force matches since this reading.</returns>
    private async Task<IReadOnlyList<Guid>> WriteAsync(
        PicketDbContext db,
        SyncRun run,
        IReadOnlyList<DeviceDetails> batch,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var patterns = (await intelligence.CurrentAsync(db, cancellation)).Context.Indicators.Patterns;
        var rules = await PrivacyRules.OfAsync(db, run.Integration.Id, cancellation); // A person may have changed them since.
        var kept = batch.ToDictionary(details => details.Target.Id, details => Kept(details, rules, patterns));
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

        var found = kept.Values.SelectMany(each => each).Select(each => each.Kept);
        var apps = await catalogue.CatalogueAsync(database, db, found, now, cancellation);
        var added = new List<DeviceAppRow>();
        var gone = new List<DeviceAppRow>();
        var changed = new HashSet<Guid>();
        var traces = new List<RunTraceRow>();
        var history = new List<DeviceChangeRow>();
        foreach (var details in batch)
        {
            var device = devices[details.Target.Id];
            var before = device.Copy();
            var (addedBefore, goneBefore) = (added.Count, gone.Count);
            var stored = present[device.Id].ToList();
            var view = DetailReading.ViewOf(details, rules, device.AppsState);
            Apps(details, DetailReading.Proves(details, view), kept[device.Id], stored, apps.Ids, added, gone, now);
            var (came, went) = (added.Count - addedBefore, gone.Count - goneBefore);
            Trace(RunRowChange.Added, device.Id, came);
            Trace(RunRowChange.Removed, device.Id, went);
            if (DetailReading.Apply(details, device, view, kept[device.Id], stored.Count > 0, now) || came + went > 0)
            {
                device.JudgingDue = true;
                changed.Add(device.Id);
            }

            history.AddRange(DeviceHistory.BetweenDetails(before, device, now, run.Row.Id));
        }

        await database.Bulk.InsertAsync(db, added, cancellation);
        await database.Bulk.UpdateAsync(db, gone, [nameof(DeviceAppRow.GoneAt)], cancellation);
        var written = devices.Values.ToLookup(device => changed.Contains(device.Id));
        await database.Bulk.UpdateAsync(db, [.. written[false]], Details, cancellation);
        // Only where it is to be set: another's wish to have a device judged is not taken back.
        await database.Bulk.UpdateAsync(
            db,
            [.. written[true]],
            [.. Details, nameof(DeviceRow.JudgingDue)],
            cancellation
        );
        await database.Bulk.InsertAsync(db, traces, cancellation);
        await database.Bulk.InsertAsync(db, history, cancellation);
        run.Count("details", read: batch.Count, added: added.Count, removed: gone.Count);
        return apps.NewlyMatched;

        void Trace(RunRowChange change, Guid device, int apps)
        {
            if (apps > 0)
            {
                traces.Add(RunTraceRow.Of(run.Row, "details", device, change, now, apps));
            }
        }
    }

    /// <summary>
    /// The apps as they may reach the database, without those that have no identifier. Here, and only here, ids of
    /// personal apps are in the open: what patterns say of them is noted now.
    /// </summary>
    private List<(UemInstalledApp Read, KeptApp Kept)> Kept(
        DeviceDetails details,
        AppPrivacyRules rules,
        AppPatterns patterns
    ) =>
        [
            .. from app in details.Apps ?? []
            where !string.IsNullOrWhiteSpace(app.BundleId)
            let keeping = AppPrivacy.Keep(Ownerships.Of(details.Target.Ownership), DetailReading.IsManaged(app), rules)
            where keeping is not AppKeeping.Nothing
            select (app, Keep(details.Target, app, keeping, patterns)),
        ];

    private KeptApp Keep(DetailTarget target, UemInstalledApp app, AppKeeping keeping, AppPatterns patterns) =>
        keeping is AppKeeping.Plain
            ? new KeptApp(target.Platform, app.BundleId!, false, app.DisplayName ?? app.Name)
            : personal.Hide(target.Platform, app.BundleId!, patterns);

    /// <summary>
    /// What one device's reading tells of an app holds for all that have it. After the commit: it touches devices that
    /// other runs may be writing.
    /// </summary>
    private async Task JudgeHoldersAsync(IReadOnlyList<Guid> apps, CancellationToken cancellation)
    {
        if (apps.Count == 0)
        {
            return;
        }

        await using var db = database.Open();
        await db
            .Devices.Where(device => device.GoneAt == null)
            .Where(device =>
                db.DeviceApps.Any(held =>
                    apps.Contains(held.AppId) && held.DeviceId == device.Id && held.GoneAt == null
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.JudgingDue, true), cancellation);
    }

    private static void Apps(
        DeviceDetails details,
        AppListing listing,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
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
            from app in kept
            select new InstalledApp(
                ids[app.Kept].ToString(),
                app.Read.InstalledVersion,
                DetailReading.IsManaged(app.Read)
            );
        var plan = AppPresence.Plan(
            installed,
            stored.Values.Select(row => new StoredApp(row.AppId.ToString(), row.Version, row.Managed)),
            listing
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
}
