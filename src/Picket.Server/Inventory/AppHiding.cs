using Microsoft.EntityFrameworkCore;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Intelligence;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// Takes back what was kept of apps and may not be kept any more: in clear it becomes a hash, or it is deleted (law 8).
/// </summary>
internal sealed class AppHiding(
    PicketDatabase database,
    AppCatalogue catalogue,
    PersonalApps personal,
    IntelligenceStore intelligence
)
{
    private static readonly string[] Hidden = [nameof(DeviceAppRow.AppId)];

    /// <summary>Devices of employees, by the rules of their integration.</summary>
    public async Task SettleAsync(
        PicketDbContext db,
        Guid integration,
        Guid[] devices,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var rules = await PrivacyRules.OfAsync(db, integration, cancellation);
        await SettleAsync(db, devices, rules.Personal, now, cancellation);
    }

    public async Task SettleAsync(
        PicketDbContext db,
        Guid[] devices,
        AppKeeping keeping,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await (
            keeping is AppKeeping.Nothing
                ? DeleteAsync(db, devices, cancellation)
                : HideAsync(db, devices, now, cancellation)
        );
        await db
            .Devices.Where(row => devices.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgingDue, true), cancellation);
    }

    /// <summary>Their managed apps stay. Verdicts no longer rest on what is gone, and say so.</summary>
    private static async Task DeleteAsync(PicketDbContext db, Guid[] devices, CancellationToken cancellation)
    {
        await db
            .DeviceApps.Where(row => devices.Contains(row.DeviceId) && !row.Managed)
            .ExecuteDeleteAsync(cancellation);
        var kinds = FindingKinds.NamingApps;
        await db
            .Findings.Where(row => devices.Contains(row.DeviceId) && kinds.Contains(row.Kind))
            .ExecuteDeleteAsync(cancellation);
        await db
            .Devices.Where(row => devices.Contains(row.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.PersonalApps, 0)
                        .SetProperty(
                            row => row.AppsState,
                            row => row.AppsState == DetailState.Known ? DetailState.Limited : row.AppsState
                        ),
                cancellation
            );
    }

    private async Task HideAsync(PicketDbContext db, Guid[] devices, DateTimeOffset now, CancellationToken cancellation)
    {
        var clear = await (
            from held in db.DeviceApps.AsNoTracking()
            join app in db.Apps on held.AppId equals app.Id
            where devices.Contains(held.DeviceId) && !held.Managed && !app.Hashed
            select new { Held = held, App = app }
        ).ToListAsync(cancellation);
        if (clear.Count == 0)
        {
            return;
        }

        var patterns = (await intelligence.CurrentAsync(db, cancellation)).Context.Indicators.Patterns;
        var hidden = clear
            .Select(line => line.App)
            .DistinctBy(app => app.Id)
            .ToDictionary(app => app.Id, app => personal.Hide(app.Platform, app.Identifier, patterns));
        var apps = await catalogue.CatalogueAsync(database, db, hidden.Values, now, cancellation);
        var presences = clear.Select(line => line.Held.Of(apps.Ids[hidden[line.App.Id]])).ToList();
        await database.Bulk.UpdateAsync(db, presences, Hidden, cancellation);
        await CountAsync(db, devices, cancellation);
        await ForgetAsync(db, devices, [.. clear.Select(line => line.App.Identifier)], cancellation);
    }

    private static Task<int> CountAsync(PicketDbContext db, Guid[] devices, CancellationToken cancellation) =>
        db
            .Devices.Where(device => devices.Contains(device.Id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                        device => device.PersonalApps,
                        device =>
                            db.DeviceApps.Count(held =>
                                held.DeviceId == device.Id
                                && held.GoneAt == null
                                && db.Apps.Any(app => app.Id == held.AppId && app.Hashed)
                            )
                    ),
                cancellation
            );

    /// <summary>
    /// Findings by pattern name the app that matched. The hash goes on matching, so the next verdict makes them anew
    /// without the name. Findings by an exact id name only what the feed names.
    /// </summary>
    private static async Task ForgetAsync(
        PicketDbContext db,
        Guid[] devices,
        HashSet<string> identifiers,
        CancellationToken cancellation
    )
    {
        var kinds = FindingKinds.NamingApps;
        var findings = await db
            .Findings.AsNoTracking()
            .Where(row => devices.Contains(row.DeviceId) && kinds.Contains(row.Kind))
            .ToListAsync(cancellation);
        var named = findings
            .Where(row =>
                FindingJson.Read(row.Detail).Evidence is { ByPattern: true, MatchedValue: { } app }
                && identifiers.Contains(app)
            )
            .Select(row => row.Id)
            .ToList();
        await db.Findings.Where(row => named.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }
}
