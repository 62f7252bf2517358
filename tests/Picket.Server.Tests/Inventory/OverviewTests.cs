using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Tests.Inventory;

public sealed class OverviewTests
{
    [Fact]
    public async Task Counts_the_fleet_without_devices_that_left()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var picket = await PicketApplication.StartAsync();
        var intelligence = new IntelligenceStore(
            picket.Service<PersonalApps>(),
            NullLogger<IntelligenceStore>.Instance
        );
        // Without the server, else it would judge the device that waits.
        await picket.StopServerAsync();
        var database = new PicketDatabase(new StorageOptions { DataFolder = picket.DataFolder });
        var seed = new InventorySeed(database.Open);
        var (known, unread) = (seed.Device("Known"), seed.Device("Unread", "Android"));
        (known.AppsState, known.AppsReadAt) = (DetailState.Known, TimeProvider.System.GetUtcNow().AddHours(-9));
        (unread.Level, unread.JudgingDue) = (RiskLevel.High, true);
        var hidden = seed.Device("Hidden", ownership: "E");
        hidden.AppsState = DetailState.Limited;
        var laptop = seed.Device("Laptop", "WinRT");
        var gone = seed.Device("Gone");
        (gone.GoneAt, gone.JudgingDue) = (InventorySeed.Day(1), true);
        await seed.SaveAsync(
            known,
            unread,
            hidden,
            laptop,
            gone,
            seed.Finding(unread, "device.compromised"),
            seed.Finding(known, "device.compromised", InventorySeed.Day(3)),
            seed.Finding(unread, "device.no-passcode"),
            seed.Finding(gone, "device.compromised", InventorySeed.Day(1))
        );

        var queries = new OverviewQueries(
            database,
            intelligence,
            Options.Create(new SecretsOptions()),
            TimeProvider.System
        );
        var overview = await queries.GetAsync(Visible.Everything, cancellation);

        Assert.Equal(4, overview.Devices);
        Assert.Equal(new LevelCounts(0, 3, 0, 0, 1, 0), overview.Verdicts);
        Assert.Equal(1, overview.JudgingDue);
        Assert.Equal(
            new Dictionary<string, int> { ["device.compromised"] = 1, ["device.no-passcode"] = 1 },
            overview.FindingKinds
        );
        Assert.Equal("Device is compromised", overview.FindingTitles["device.compromised"]);
        Assert.Equal(new AppCoverage(2, 1, 50, 9), overview.AppCoverage);
        Assert.Contains(overview.Warnings, warning => warning.Contains("key ring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_the_health_of_each_integration()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var picket = await PicketApplication.StartAsync();
        var seed = new InventorySeed(picket.OpenDatabase);
        await seed.SaveAsync(
            new IntegrationRow
            {
                Id = seed.Integration,
                Name = "Test",
                Address = "https://uem.example/API",
                Account = "reader",
                ProtectedSecrets = "",
                State = IntegrationState.Unreachable,
                StateReason = "No answer.",
                QuotaSharePercent = 25,
                QuotaLimit = 1_000,
                QuotaRemaining = 900,
                QuotaUsed = 100,
                QuotaResetAt = DateTimeOffset.MaxValue,
                NextRunAt = InventorySeed.Day(10_000),
                WritingEnabled = true,
            },
            Run(seed.Integration, 1, RunState.Completed),
            Run(seed.Integration, 2, RunState.Failed),
            Run(seed.Integration, 3, RunState.Completed, RunKind.Device),
            seed.Device("One")
        );

        // The server's own metrics may have looked at the empty fleet within the last second.
        var overview = await picket.Client.OverviewAsync(cancellation);
        while (overview.Integrations.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            overview = await picket.Client.OverviewAsync(cancellation);
        }

        var health = Assert.Single(overview.Integrations);

        Assert.Equal((IntegrationState.Unreachable, "No answer."), (health.State, health.StateReason));
        Assert.Equal((RunState.Failed, InventorySeed.Day(1)), (health.LastRunState, health.LastCompletedAt));
        Assert.Equal(1, health.Devices);
        Assert.Equal((RunKind.Full, RunState.Failed), (health.LastRun?.Kind, health.LastRun?.State));
        Assert.Equal((250, 150), (health.Quota?.Ceiling, health.Quota?.Left));
        Assert.Equal((InventorySeed.Day(10_000), true), (health.NextRunAt, health.Writing));
    }

    [Fact]
    public async Task Counts_levels_kinds_and_holders_from_indexes_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var picket = await PicketApplication.StartAsync();
        await using var db = picket.OpenDatabase();
        string[] questions =
        [
            db
                .Devices.Where(row => row.GoneAt == null)
                .GroupBy(row => new { row.IntegrationId, row.Level })
                .Select(group => new { group.Key, Count = group.Count() })
                .ToQueryString(),
            db
                .Findings.Where(row => row.ClearedAt == null)
                .GroupBy(row => row.Kind)
                .Select(group => new { group.Key, Count = group.Count() })
                .ToQueryString(),
            db
                .DeviceApps.Where(row => row.GoneAt == null && row.AppId == Guid.Empty)
                .GroupBy(row => row.AppId)
                .Select(group => new { group.Key, Count = group.Count() })
                .ToQueryString(),
        ];

        await db.Database.OpenConnectionAsync(cancellation);
        foreach (var question in questions)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + question;
            await using var plan = await command.ExecuteReaderAsync(cancellation);
            Assert.True(await plan.ReadAsync(cancellation));
            Assert.Contains("USING COVERING INDEX", plan.GetString(3), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Finds_the_riskiest_devices_at_the_end_of_an_index()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var picket = await PicketApplication.StartAsync();
        await using var db = picket.OpenDatabase();
        var question = db
            .Findings.Where(row => row.ClearedAt == null && row.Level >= RiskLevel.High)
            .OrderByDescending(row => row.Level)
            .ThenByDescending(row => row.Id)
            .Select(row => row.DeviceId)
            .ToQueryString();

        await db.Database.OpenConnectionAsync(cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + question;
        await using var plan = await command.ExecuteReaderAsync(cancellation);
        Assert.True(await plan.ReadAsync(cancellation));
        Assert.Contains("IX_findings_Level_Id", plan.GetString(3), StringComparison.Ordinal);
        Assert.False(await plan.ReadAsync(cancellation)); // It is not sorted once more.
    }

    private static SyncRunRow Run(Guid integration, int day, RunState state, RunKind kind = RunKind.Full) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(day)),
            IntegrationId = integration,
            Kind = kind,
            State = state,
            EndedAt = InventorySeed.Day(day),
        };
}
