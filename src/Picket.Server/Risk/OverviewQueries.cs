using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Hosting;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// The fleet at a glance. Many open pages ask every second; the database is asked once, and counts from indexes. An
/// answer is never older than that: who waits for judging to end looks here. Only for how many the apps are known is read
/// row by row, and so less often over a large fleet: it is good for twenty times what it took.
/// </summary>
public sealed class OverviewQueries(
    PicketDatabase database,
    IntelligenceStore intelligence,
    IOptions<SecretsOptions> secrets,
    TimeProvider time
) : IDisposable
{
    private const int TimesItsCost = 20;
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private (DateTimeOffset At, OverviewView View)? seen;
    private (DateTimeOffset Until, AppCoverage Apps)? coverage;

    public async Task<OverviewView> GetAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (seen is not { } earlier || now - earlier.At >= GoodFor)
            {
                seen = earlier = (now, await ReadAsync(now, cancellation));
            }

            return earlier.View;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<OverviewView> ReadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var devices = db.Devices.AsNoTracking().Where(row => row.GoneAt == null);
        var levels = await devices
            .GroupBy(row => new { row.IntegrationId, row.Level })
            .Select(group => new LevelOfIntegration(group.Key.IntegrationId, group.Key.Level, group.Count()))
            .ToListAsync(cancellation);
        var kinds = await db
            .Findings.Where(row => row.ClearedAt == null) // Those of a device end when it leaves the fleet.
            .GroupBy(row => row.Kind)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(kind => kind.Key, kind => kind.Count, cancellation);
        return new OverviewView
        {
            Devices = levels.Sum(level => level.Devices),
            Verdicts = Counts(levels),
            JudgingDue = await devices.CountAsync(row => row.JudgingDue, cancellation),
            FindingKinds = kinds,
            FindingTitles = kinds.Keys.ToDictionary(kind => kind, FindingKinds.TitleOf),
            AppCoverage = await CoverageAsync(devices, now, cancellation),
            Integrations = await HealthAsync(db, levels, now, cancellation),
            Warnings = [.. Warnings(), .. (await intelligence.CurrentAsync(db, cancellation)).Notices],
        };
    }

    private async Task<AppCoverage> CoverageAsync(
        IQueryable<DeviceRow> devices,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (coverage is not { } earlier || now >= earlier.Until)
        {
            var started = time.GetTimestamp();
            var apps = await AppCoverageQuery.OfAsync(devices, now, cancellation);
            var worth = TimesItsCost * time.GetElapsedTime(started);
            coverage = earlier = (now + (worth < Longest ? worth : Longest), apps);
        }

        return earlier.Apps;
    }

    private static LevelCounts Counts(List<LevelOfIntegration> levels)
    {
        int Of(RiskLevel level) => levels.Where(count => count.Level == level).Sum(count => count.Devices);
        return new LevelCounts(
            Of(RiskLevel.Unknown),
            Of(RiskLevel.Secure),
            Of(RiskLevel.Low),
            Of(RiskLevel.Medium),
            Of(RiskLevel.High),
            Of(RiskLevel.Critical)
        );
    }

    private static async Task<IReadOnlyList<IntegrationHealth>> HealthAsync(
        PicketDbContext db,
        List<LevelOfIntegration> levels,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var health = new List<IntegrationHealth>();
        foreach (var row in await db.Integrations.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellation))
        {
            var devices = levels.Where(level => level.IntegrationId == row.Id).Sum(level => level.Devices);
            health.Add(await IntegrationHealthQuery.OfAsync(db, row, devices, now, cancellation));
        }

        return health;
    }

    private IReadOnlyList<string> Warnings() =>
        secrets.Value.CertificateFile is null
            ?
            [
                "The key ring is not wrapped: who can read the data folder can open the stored credentials. "
                    + "Set Secrets:CertificateFile.",
            ]
            : [];

    private sealed record LevelOfIntegration(Guid IntegrationId, RiskLevel Level, int Devices);
}
