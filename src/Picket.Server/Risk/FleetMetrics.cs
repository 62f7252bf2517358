using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// The fleet as gauges: devices by level, findings by kind, health, and what is left of each UEM's calls. Refreshed on
/// a clock of its own, so that who scrapes often asks the database no oftener.
/// </summary>
public sealed class FleetMetrics : StandingWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly Meter meter = new("Picket.Fleet");
    private readonly OverviewQueries overview;
    private readonly PicketDatabase database;
    private readonly TimeProvider time;
    private readonly ILogger<FleetMetrics> log;
    private IReadOnlyList<Integration> integrations = [];
    private OverviewView? seen;

    public FleetMetrics(
        OverviewQueries overview,
        PicketDatabase database,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ILogger<FleetMetrics> log
    )
        : base(lifetime)
    {
        (this.overview, this.database, this.time, this.log) = (overview, database, time, log);
        meter.CreateObservableGauge("picket.devices", Devices, "{device}", "Devices by level of their verdict");
        meter.CreateObservableGauge("picket.findings", Findings, "{finding}", "Findings that are true now, by kind");
        meter.CreateObservableGauge(
            "picket.devices.judging_due",
            () => seen?.JudgingDue ?? 0,
            "{device}",
            "Devices that wait for their verdict"
        );
        meter.CreateObservableGauge(
            "picket.integration.healthy",
            () => Each(known => known.State == IntegrationState.Active ? 1 : 0),
            description: "1 for an integration that works"
        );
        meter.CreateObservableGauge(
            "picket.integration.age",
            () => Each(known => known.Age(time.GetUtcNow())),
            "s",
            "Since a full sync was last complete; absent before the first"
        );
        meter.CreateObservableGauge(
            "picket.uem.quota.limit",
            () => Each(known => known.QuotaLimit),
            "{call}",
            "Calls that the UEM allows in its day"
        );
        meter.CreateObservableGauge(
            "picket.uem.quota.remaining",
            () => Each(known => known.QuotaRemaining),
            "{call}",
            "Calls that the UEM has left for everybody"
        );
        meter.CreateObservableGauge(
            "picket.uem.quota.used",
            () => Each(known => known.QuotaUsed),
            "{call}",
            "Calls made by Picket in the UEM's day"
        );
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var view = await overview.GetAsync(Visible.Everything, cancellation);
        await using var db = database.Open();
        var rows = await db.Integrations.AsNoTracking().ToListAsync(cancellation);
        integrations =
        [
            .. rows.Select(row => new Integration(
                row.Name,
                row.State,
                view.Integrations.FirstOrDefault(health => health.Id == row.Id)?.LastCompletedAt,
                row.QuotaLimit,
                row.QuotaRemaining,
                row.QuotaUsed
            )),
        ];
        seen = view;
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await RefreshAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                RiskLog.MetricsFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    private IEnumerable<Measurement<long>> Devices()
    {
        if (seen?.Verdicts is not { } counts)
        {
            return [];
        }

        return
        [
            Of(counts.Unknown, Level.Unknown),
            Of(counts.Secure, Level.Secure),
            Of(counts.Low, Level.Low),
            Of(counts.Medium, Level.Medium),
            Of(counts.High, Level.High),
            Of(counts.Critical, Level.Critical),
        ];

        static Measurement<long> Of(int devices, Level level) => new(devices, Tag("level", level.ToString()));
    }

    private IEnumerable<Measurement<long>> Findings() =>
        (seen?.FindingKinds ?? new Dictionary<string, int>()).Select(kind => new Measurement<long>(
            kind.Value,
            Tag("kind", kind.Key)
        ));

    private IEnumerable<Measurement<long>> Each(Func<Integration, long?> read) =>
        from known in integrations
        let value = read(known)
        where value is not null
        select new Measurement<long>(value.Value, Tag("integration", known.Name));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private sealed record Integration(
        string Name,
        IntegrationState State,
        DateTimeOffset? CompletedAt,
        long? QuotaLimit,
        long? QuotaRemaining,
        long QuotaUsed
    )
    {
        public long? Age(DateTimeOffset now) => CompletedAt is { } at ? (long)(now - at).TotalSeconds : null;
    }
}
