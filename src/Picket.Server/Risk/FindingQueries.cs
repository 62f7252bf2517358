using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Console;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Risk;

/// <param name="Id">The rule's kind, app id or CVE.</param>
/// <param name="About">What it is, in a few words.</param>
/// <param name="Worst">The worst level among its findings.</param>
public sealed record FindingGroup(string Id, string About, Level Worst, int Findings, int Devices)
{
    /// <summary>Since when the oldest of them is true.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>An organization group and the verdicts of the devices right in it.</summary>
public sealed record GroupVerdicts(
    Guid IntegrationId,
    int? Number,
    string? Name,
    int Devices,
    IReadOnlyDictionary<Level, int> Levels
);

/// <summary>Findings that are true now, added up in the ways in which people ask.</summary>
public sealed class FindingQueries(PicketDatabase database)
{
    public async Task<IReadOnlyList<FindingGroup>> ByRuleAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var kinds = await Open(db, visible)
            .GroupBy(row => row.Kind)
            .Select(group => new
            {
                group.Key,
                Worst = group.Max(row => (int)row.Level),
                Findings = group.Count(),
                Devices = group.Select(row => row.DeviceId).Distinct().Count(),
            })
            .ToListAsync(cancellation);
        return Sorted(
            kinds.Select(kind => new FindingGroup(
                kind.Key,
                Words.Kind(kind.Key),
                (Level)kind.Worst,
                kind.Findings,
                kind.Devices
            ))
        );
    }

    /// <summary>Apps that a feed lists. What a pattern matched on an employee's device has the pattern's name, not the app's.</summary>
    public async Task<IReadOnlyList<FindingGroup>> ByAppAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var kinds = FindingKinds.NamingApps.ToList();
        var rows = await Open(db, visible)
            .Where(row => kinds.Contains(row.Kind))
            .Select(row => new
            {
                row.Kind,
                row.Key,
                row.Level,
                row.DeviceId,
                row.FirstTrueAt,
            })
            .ToListAsync(cancellation);
        return Sorted(
            rows.GroupBy(row => AppOf(row.Key))
                .Select(app => new FindingGroup(
                    app.Key,
                    string.Join(", ", app.Select(row => Words.Kind(row.Kind)).Distinct()),
                    (Level)app.Max(row => row.Level),
                    app.Count(),
                    app.Select(row => row.DeviceId).Distinct().Count()
                )
                {
                    Since = app.Min(row => row.FirstTrueAt),
                })
        );
    }

    public async Task<IReadOnlyList<FindingGroup>> ByCveAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var cves = new Dictionary<string, (ExploitedCve Cve, RiskLevel Worst, int Devices)>();
        var rows = Open(db, visible).Where(row => row.Kind == FindingKinds.OsExploited.Id).Select(row => row.Detail);
        await foreach (var detail in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var finding = FindingJson.Read(detail);
            foreach (var cve in finding.Evidence.ExploitedCves)
            {
                var known = cves.GetValueOrDefault(cve.Cve);
                var worst = finding.Level > known.Worst ? finding.Level : known.Worst;
                cves[cve.Cve] = (cve, worst, known.Devices + 1);
            }
        }

        return Sorted(
            cves.Values.Select(known => new FindingGroup(
                known.Cve.Cve,
                known.Cve.Due is { } due ? T("CISA wants it fixed by {0}", $"{due:yyyy-MM-dd}") : T("Exploited"),
                (Level)known.Worst,
                known.Devices,
                known.Devices
            ))
        );
    }

    public async Task<IReadOnlyList<GroupVerdicts>> ByGroupAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var counts = await db
            .Devices.Where(row => row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .GroupBy(row => new
            {
                row.IntegrationId,
                row.OrganizationGroupId,
                row.Level,
            })
            .Select(group => new { group.Key, Devices = group.Count() })
            .ToListAsync(cancellation);
        var names = await GroupNames.OfAsync(db, counts.Select(count => count.Key.IntegrationId), cancellation);
        return
        [
            .. counts
                .GroupBy(count => (count.Key.IntegrationId, count.Key.OrganizationGroupId))
                .Select(group => new GroupVerdicts(
                    group.Key.IntegrationId,
                    group.Key.OrganizationGroupId,
                    names.Of(group.Key.IntegrationId, group.Key.OrganizationGroupId),
                    group.Sum(count => count.Devices),
                    group.ToDictionary(count => (Level)count.Key.Level, count => count.Devices)
                ))
                .OrderByDescending(group => Worth(group, Level.Critical))
                .ThenByDescending(group => Worth(group, Level.High))
                .ThenByDescending(group => group.Devices),
        ];
    }

    /// <summary>The part of a finding's key that names the app: <c>app.stalkerware|com.example|feed|indicator</c>.</summary>
    internal static string AppOf(string key) => key.Split('|') is [_, var app, ..] ? app : key;

    private static int Worth(GroupVerdicts group, Level level) => group.Levels.GetValueOrDefault(level);

    private static IQueryable<FindingRow> Open(PicketDbContext db, Visible visible) =>
        db
            .Findings.AsNoTracking()
            .Where(row => row.ClearedAt == null) // Those of a device end when it leaves the fleet.
            .WhereVisible(visible, row => row.IntegrationId);

    private static IReadOnlyList<FindingGroup> Sorted(IEnumerable<FindingGroup> groups) =>
        [
            .. groups
                .OrderByDescending(group => group.Worst)
                .ThenByDescending(group => group.Devices)
                .ThenBy(group => group.Id, StringComparer.Ordinal),
        ];
}
