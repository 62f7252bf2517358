using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Brakes;
using Picket.Server.Hosting;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// The fleet at a glance, as far as somebody may see it. Many open pages ask every second; the database is asked once for
/// all who see the same, and for the whole fleet counts from indexes. An answer is never older than that: who waits for
/// judging to end looks here. Only for how many the apps are known is read row by row, and so less often over a large
/// fleet: it is good for twenty times what it took.
/// </summary>
public sealed class OverviewQueries(
    PicketDatabase database,
    IntelligenceStore intelligence,
    IOptions<SecretsOptions> secrets,
    TimeProvider time
)
{
    private const int MostSights = 1000;
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Sight> sights = new();

    public async Task<OverviewView> GetAsync(Visible visible, CancellationToken cancellation)
    {
        var sight = SightOf(visible);
        await sight.Gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (sight.Seen is not { } earlier || now - earlier.At >= GoodFor)
            {
                sight.Seen = earlier = (now, await ReadAsync(sight, now, cancellation));
            }

            return earlier.View;
        }
        finally
        {
            sight.Gate.Release();
        }
    }

    private Sight SightOf(Visible visible)
    {
        if (sights.Count > MostSights)
        {
            sights.Clear(); // Roles came and went for long: what is still looked at is soon read again.
        }

        var name = visible.Integrations is { } some ? string.Join(' ', some.Order()) : "all";
        return sights.GetOrAdd(name, _ => new(visible, time));
    }

    private async Task<OverviewView> ReadAsync(Sight sight, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var devices = db
            .Devices.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .WhereVisible(sight.Visible, row => row.IntegrationId);
        var levels = await devices
            .GroupBy(row => new { row.IntegrationId, row.Level })
            .Select(group => new LevelOfIntegration(group.Key.IntegrationId, group.Key.Level, group.Count()))
            .ToListAsync(cancellation);
        var kinds = await db
            .Findings.Where(row => row.ClearedAt == null) // Those of a device end when it leaves the fleet.
            .WhereVisible(sight.Visible, row => row.IntegrationId)
            .GroupBy(row => row.Kind)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(kind => kind.Key, kind => kind.Count, cancellation);
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        return new OverviewView
        {
            Devices = levels.Sum(level => level.Devices),
            Verdicts = LevelCounting.Of(level => levels.Where(each => each.Level == level).Sum(each => each.Devices)),
            JudgingDue = await devices.CountAsync(row => row.JudgingDue, cancellation),
            FindingKinds = kinds,
            FindingTitles = kinds.Keys.ToDictionary(kind => kind, FindingKinds.TitleOf),
            AppCoverage = await sight.Coverage.GetAsync(
                () => AppCoverageQuery.OfAsync(devices, now, cancellation),
                cancellation
            ),
            Integrations = await HealthAsync(db, sight.Visible, levels, knowledge, now, cancellation),
            Warnings =
            [
                .. await BrakeQueries.WarningAsync(db, cancellation) is { } stopped ? [stopped] : Array.Empty<string>(),
                .. Warnings(),
                .. await EndingAsync(db, now, cancellation),
                .. knowledge.Notices,
            ],
        };
    }

    private static async Task<IReadOnlyList<IntegrationHealth>> HealthAsync(
        PicketDbContext db,
        Visible visible,
        List<LevelOfIntegration> levels,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var health = new List<IntegrationHealth>();
        var rows = db.Integrations.AsNoTracking().WhereVisible(visible, row => row.Id).OrderBy(row => row.Name);
        foreach (var row in await rows.ToListAsync(cancellation))
        {
            var devices = levels.Where(level => level.IntegrationId == row.Id).Sum(level => level.Devices);
            health.Add(await IntegrationHealthQuery.OfAsync(db, row, devices, knowledge, now, cancellation));
        }

        return health;
    }

    private static async Task<IReadOnlyList<string>> EndingAsync(
        PicketDbContext db,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        await OwnIndicatorStore.EndingAsync(db, now, cancellation) switch
        {
            0 => [],
            1 => ["1 own indicator ends within two weeks. Give it a new end, or let it end."],
            var ending => [$"{ending} own indicators end within two weeks. Give them a new end, or let them end."],
        };

    private IReadOnlyList<string> Warnings() =>
        secrets.Value.CertificateFile is null
            ?
            [
                "The key ring is not wrapped: who can read the data folder can open the stored credentials. "
                    + "Set Secrets:CertificateFile.",
            ]
            : [];

    /// <summary>What was read for all who see the same integrations.</summary>
    private sealed class Sight(Visible visible, TimeProvider time)
    {
        public Visible Visible => visible;

        public SemaphoreSlim Gate { get; } = new(1);

        public (DateTimeOffset At, OverviewView View)? Seen { get; set; }

        public CostlyAnswer<AppCoverage> Coverage { get; } = new(time);
    }

    private sealed record LevelOfIntegration(Guid IntegrationId, RiskLevel Level, int Devices);
}
