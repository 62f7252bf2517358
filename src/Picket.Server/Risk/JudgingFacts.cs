using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>What belongs to a batch of devices, each part read by one query.</summary>
internal sealed class JudgingFacts
{
    private readonly ILookup<Guid, AppOnDevice> apps;
    private readonly ILookup<Guid, FindingRow> findings;

    private readonly IReadOnlySet<Guid> silent;

    private JudgingFacts(
        ILookup<Guid, AppOnDevice> apps,
        ILookup<Guid, FindingRow> findings,
        IReadOnlySet<Guid> silent
    ) => (this.apps, this.findings, this.silent) = (apps, findings, silent);

    /// <summary>Whether the integration keeps anything of personal apps.</summary>
    public bool KeepsPersonalApps(Guid integration) => !silent.Contains(integration);

    public IReadOnlyList<AppOnDevice> AppsOf(Guid device) => [.. apps[device]];

    /// <summary>Findings that were true until now.</summary>
    public IReadOnlyList<FindingRow> FindingsOf(Guid device) => [.. findings[device]];

    public static async Task<JudgingFacts> LoadAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var ids = devices.Select(device => device.Id).ToList();
        var present = await db
            .DeviceApps.Where(app => app.GoneAt == null && ids.Contains(app.DeviceId))
            .Select(app => new
            {
                app.DeviceId,
                app.AppId,
                app.Version,
                app.Managed,
            })
            .ToListAsync(cancellation);
        // Apps are shared by many devices: each is read once, not once for each device.
        var appIds = present.Select(app => app.AppId).Distinct().ToList();
        var known = await db
            .Apps.AsNoTracking()
            .Where(app => appIds.Contains(app.Id))
            .ToDictionaryAsync(app => app.Id, cancellation);
        var findings = await db
            .Findings.AsNoTracking()
            .Where(finding => ids.Contains(finding.DeviceId) && finding.ClearedAt == null)
            .ToListAsync(cancellation);
        var integrations = devices.Select(device => device.IntegrationId).Distinct().ToList();
        var silent = await db
            .Integrations.Where(row => integrations.Contains(row.Id) && row.EmployeeApps == AppReading.NotRead)
            .Select(row => row.Id)
            .ToHashSetAsync(cancellation);
        return new JudgingFacts(
            present
                .Where(app => known.ContainsKey(app.AppId))
                .ToLookup(app => app.DeviceId, app => DeviceFactsOf.App(known[app.AppId], app.Version, app.Managed)),
            findings.ToLookup(finding => finding.DeviceId),
            silent
        );
    }
}
