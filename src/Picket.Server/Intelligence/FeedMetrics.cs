using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>Age and health of the feeds as gauges, refreshed on a clock of their own.</summary>
public sealed class FeedMetrics : StandingWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Meter meter = new("Picket.Feeds");
    private readonly PicketDatabase database;
    private readonly IntelligenceStore intelligence;
    private readonly TimeProvider time;
    private readonly ILogger<FeedMetrics> log;
    private IReadOnlyList<FeedView> feeds = [];

    public FeedMetrics(
        PicketDatabase database,
        IntelligenceStore intelligence,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ILogger<FeedMetrics> log
    )
        : base(lifetime)
    {
        (this.database, this.intelligence, this.time, this.log) = (database, intelligence, time, log);
        meter.CreateObservableGauge(
            "picket.feed.age",
            () => Each(feed => (time.GetUtcNow() - FeedAge.Of(feed)).TotalSeconds),
            "s",
            "Since the date of the version in force"
        );
        meter.CreateObservableGauge(
            "picket.feed.troubles",
            () => Each(feed => feed.Troubles.Count),
            "{trouble}",
            "What is not as it should be: old, silent source, unreadable file, disagreement, version set aside"
        );
        meter.CreateObservableGauge(
            "picket.feed.aside",
            () => Each(feed => feed.Aside is null ? 0 : 1),
            description: "1 for a feed of which a version waits for a person"
        );
        meter.CreateObservableGauge(
            "picket.feed.source.failures",
            () => Each(feed => feed.Source?.Failures),
            "{look}",
            "Looks at the feed's source that failed in a row; absent where it has none"
        );
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = await db.Feeds.AsNoTracking().Where(feed => feed.ActiveVersionId != null).ToListAsync(cancellation);
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        feeds = await FeedViews.OfAsync(db, rows, knowledge, time.GetUtcNow(), cancellation);
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
                IntelligenceLog.MetricsFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    private IEnumerable<Measurement<double>> Each(Func<FeedView, double?> read) =>
        from feed in feeds
        let value = read(feed)
        where value is not null
        select new Measurement<double>(
            value.Value,
            new KeyValuePair<string, object?>("feed", feed.Name),
            new KeyValuePair<string, object?>("format", feed.Format)
        );
}
