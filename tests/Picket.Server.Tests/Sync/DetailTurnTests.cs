using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

/// <summary>A day's calls reach for some devices only: the others come next.</summary>
public sealed partial class DetailTurnTests
{
    private const int TenthOfADay = 10;

    /// <summary>The one call of a device that names it by another id.</summary>
    private const int AppList = 1;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_day_by_day_devices_that_had_no_turn_yet_and_tells_for_how_many_the_apps_are_known()
    {
        await using var scene = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 120, DailyQuota = 1100 },
            integration: row => row.QuotaSharePercent = TenthOfADay
        );

        var (seen, known) = (new HashSet<int>(), 0);
        for (var day = 1; day <= 3; day++)
        {
            var atRisk = await AtRiskAsync(scene);
            var (run, read) = await ReadAsync(scene);
            var coverage = (await scene.Picket.Client.IntegrationAsync(scene.Integration, Cancel)).AppCoverage;

            Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
            Assert.Contains(run.Notes, note => note.Contains("the others come in the next runs"));
            // Who is read again before everybody was read is at risk, and those take half the calls at most: of all that there
            // were, of which the last ones may not have been enough for one device more, which costs up to three.
            var again = read.Keys.Intersect(seen).ToHashSet();
            Assert.Subset(atRisk, again);
            Assert.True(
                again.Sum(id => read[id]) <= (read.Values.Sum() + 3) / 2.0,
                $"day {day}: {again.Count} of {read.Count}"
            );
            Assert.True(coverage.Known > known, $"day {day}: {coverage} after {known}");
            Assert.Equal(Math.Round(100.0 * coverage.Known / coverage.Eligible, 1), coverage.Percent);
            Assert.NotNull(coverage.MedianAgeHours);
            seen.UnionWith(read.Keys);
            known = coverage.Known;
            await NextDayAsync(scene);
        }
    }

    /// <summary>As if all that was read were read a day ago, and as many calls were there again.</summary>
    private static async Task NextDayAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var integration = await db.Integrations.SingleAsync(Cancel);
        integration.QuotaSharePercent += TenthOfADay;
        await foreach (var row in db.Devices.Where(row => row.DetailsTriedAt != null).AsAsyncEnumerable())
        {
            row.DetailsTriedAt -= TimeSpan.FromDays(1);
            row.DetailsNotBefore -= TimeSpan.FromDays(1);
        }

        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<HashSet<int>> AtRiskAsync(SyncScene scene) =>
        [.. (await scene.DevicesAsync()).Where(row => row.Level >= RiskLevel.High).Select(row => row.RemoteId)];

    /// <summary>A run, and what it asked the UEM of which devices, in calls.</summary>
    private static async Task<(RunView Run, Dictionary<int, int> Read)> ReadAsync(SyncScene scene)
    {
        scene.Uem.RequestLog.Clear();
        var run = await scene.RunAsync();
        var read = scene.Uem.RequestLog.Entries.Select(call => Details().Match(call.Path)).Where(path => path.Success);
        await scene.JudgedAsync();
        return (run, read.GroupBy(Id).ToDictionary(calls => calls.Key, calls => AppList + calls.Count()));
    }

    private static int Id(Match path) => int.Parse(path.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/devices/(\d+)/(security|compliance)$", RegexOptions.IgnoreCase)]
    private static partial Regex Details();
}
