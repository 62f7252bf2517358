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

    /// <summary>
    /// Half of what a verdict holds to be too old, unless a policy says otherwise: a fact that grew older is judged anew
    /// when it is read again.
    /// </summary>
    private static readonly TimeSpan Aged = TimeSpan.FromDays(RiskPolicy.Default.OldestFactDays) / 2;

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
            var view = AppsState(details, rules, device.AppsState);
            Apps(details, Proves(details, view), kept[device.Id], stored, apps.Ids, added, gone, now);
            var (came, went) = (added.Count - addedBefore, gone.Count - goneBefore);
            Trace(RunRowChange.Added, device.Id, came);
            Trace(RunRowChange.Removed, device.Id, went);
            if (Apply(details, device, view, kept[device.Id], stored.Count > 0, now) || came + went > 0)
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
            let keeping = AppPrivacy.Keep(Ownerships.Of(details.Target.Ownership), IsManaged(app), rules)
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
            select new InstalledApp(ids[app.Kept].ToString(), app.Read.InstalledVersion, IsManaged(app.Read));
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

    /// <param name="hasApps">Whether any app was known of it before.</param>
    /// <returns>Whether a verdict may change: a fact did, or one that was missing or had aged is known anew.</returns>
    private static bool Apply(
        DeviceDetails details,
        DeviceRow device,
        DetailState view,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        bool hasApps,
        DateTimeOffset now
    )
    {
        var before = (device.AppsState, device.SecurityState, Facts(device));
        var aged =
            FindingJson.ReadUnknowns(device.Unknowns).Any(unknown => unknown.Cause == nameof(MissingReason.TooOld))
            || (details.Apps is not null && IsAged(device.AppsReadAt, now))
            || (details.Security is not null && IsAged(device.SecurityReadAt, now));
        ApplyApps(details, device, view, kept, hasApps, now);
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

        if (!details.Target.ReadPolicies)
        {
            (device.BrokenPolicies, device.PoliciesReadAt) = (null, null);
        }
        else if (details.Policies is { } compliance)
        {
            (device.BrokenPolicies, device.PoliciesReadAt) = (PolicyJson.Write(compliance), now);
        }

        device.DetailFailures = details.Failure is null ? 0 : device.DetailFailures + 1;
        device.DetailsTriedAt = now;
        device.DetailsNotBefore = DetailPlan.NotBefore(now, device.DetailFailures);
        return aged || before != (device.AppsState, device.SecurityState, Facts(device));
    }

    /// <summary>An empty list keeps the apps that are known, and the time at which they were read.</summary>
    private static void ApplyApps(
        DeviceDetails details,
        DeviceRow device,
        DetailState view,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        bool hasApps,
        DateTimeOffset now
    )
    {
        var before = device.AppsState;
        device.AppsState = view;
        var isAnswered = details.Apps is not null || (details.Target.ReadApps && !details.AppsSupported);
        if (isAnswered && !(details.Apps is { Count: 0 } && hasApps))
        {
            device.AppsReadAt = now;
        }

        if (details.Apps is not null && view is DetailState.Known)
        {
            device.AppsWholeAt = now;
            device.AppsWholeSince = WholeSince(details.Apps, device, before, kept, now);
            device.PersonalApps = kept.Where(app => app.Kept.Hashed).Select(app => app.Kept).Distinct().Count();
        }
    }

    /// <summary>
    /// Where the readings begin that would have shown any app under the name that it has now. A list of managed apps alone
    /// may hide the others; and what was a hash is in clear since the rules of privacy or the ownership changed.
    /// </summary>
    private static DateTimeOffset? WholeSince(
        IReadOnlyList<UemInstalledApp> apps,
        DeviceRow device,
        DetailState before,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        DateTimeOffset now
    )
    {
        if (apps.All(IsManaged))
        {
            return null;
        }

        var wereHashes = device.PersonalApps > 0 && !kept.Any(app => app.Kept.Hashed);
        return before is DetailState.Known && !wereHashes ? device.AppsWholeSince ?? now : now;
    }

    /// <summary>A list that hides personal apps, or is empty, does not say that they are gone (law 1).</summary>
    private static AppListing Proves(DeviceDetails details, DetailState view) =>
        details.Apps is not { Count: > 0 } ? AppListing.ProvesNothing
        : view is DetailState.Known ? AppListing.OfAll
        : AppListing.OfManaged;

    private static (bool?, bool?, bool?, bool?, string?) Facts(DeviceRow device) =>
        (
            device.PasscodePresent,
            device.PasscodeCompliant,
            device.Encrypted,
            device.BlockEncrypted,
            device.BrokenPolicies
        );

    private static bool IsAged(DateTimeOffset? readAt, DateTimeOffset now) => readAt is null || now - readAt > Aged;

    /// <summary>
    /// An employee's device that shows managed apps only hides the others, as rules of privacy do here; an empty list says
    /// nothing at all.
    /// </summary>
    private static DetailState AppsState(DeviceDetails details, AppPrivacyRules rules, DetailState before) =>
        details switch
        {
            { AppsSupported: false } or { Target.ReadApps: false } => DetailState.NotSupported,
            { Apps: null } => before == DetailState.Known ? DetailState.Known : DetailState.Failed,
            _ when AppPrivacy.Keep(Ownerships.Of(details.Target.Ownership), managed: false, rules)
                    is AppKeeping.Nothing => DetailState.Limited,
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
