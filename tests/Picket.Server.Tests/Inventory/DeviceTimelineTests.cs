using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Response;
using CoreState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Tests.Inventory;

/// <summary>One device whose life is written in five tables.</summary>
public abstract class DeviceTimelineStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Tells_what_happened_newest_first_whatever_the_size_of_a_page(int rows)
    {
        var device = seed.Device("Eventful");
        var app = InventorySeed.App($"com.example.{Guid.NewGuid():N}");
        var write = Write(CoreState.Confirmed, day: 6);
        await seed.SaveAsync(
            device,
            app,
            Change(device, 1),
            seed.Finding(device, "device.compromised", clearedAt: InventorySeed.Day(4)), // true since day 1
            InventorySeed.Held(device, app, 2, until: 5),
            write,
            OfDevice(write, device, CoreState.Confirmed)
        );

        var all = await picket.Client.DeviceHistory(device.Id, limit: rows).ToListAsync(cancellation);

        Assert.Equal(
            [
                (6, "Tag", null, "on the device"),
                (5, "App", "1.0", null),
                (4, "Finding", "High", null),
                (2, "App", null, "1.0"),
                (1, "Attribute", null, "17.0"),
                (1, "Finding", null, "High"),
            ],
            all.Select(entry => ((entry.At - InventorySeed.Day(0)).Days, entry.Kind, entry.Before, entry.After))
        );
        Assert.Equal((write.Id, LedgerState.Confirmed), (all[0].LedgerId, all[0].State));
        Assert.Equal("device.compromised is true", all[^1].Name);
        Assert.NotNull(all[^1].FindingId);
    }

    [Fact]
    public async Task Leaves_apps_out_and_no_trace_in_the_audit_when_they_are_not_asked_for()
    {
        var device = seed.Device("Private", ownership: "E");
        var app = InventorySeed.App($"com.example.{Guid.NewGuid():N}");
        await seed.SaveAsync(device, app, Change(device, 1), InventorySeed.Held(device, app, 2));

        var without = await picket.Client.DeviceHistory(device.Id, apps: false).PageAsync(cancellation);

        Assert.Equal("Attribute", Assert.Single(without.Items).Kind);
        await using var db = picket.OpenDatabase();
        Assert.DoesNotContain(db.Audit, entry => entry.Subject == device.Id.ToString());
    }

    [Fact]
    public async Task Tells_apps_that_are_there_from_those_that_are_gone()
    {
        var device = seed.Device("With apps");
        var (stays, left) = (App(), App());
        await seed.SaveAsync(
            device,
            stays,
            left,
            InventorySeed.Held(device, stays, 1),
            InventorySeed.Held(device, left, 1, until: 3)
        );

        var there = await picket.Client.DeviceApps(device.Id, gone: false).PageAsync(cancellation);
        var gone = await picket.Client.DeviceApps(device.Id, gone: true).PageAsync(cancellation);

        Assert.Equal(stays.Identifier, Assert.Single(there.Items).AppId);
        Assert.Equal((left.Identifier, InventorySeed.Day(3)), Of(Assert.Single(gone.Items)));

        static AppRow App() => InventorySeed.App($"com.example.{Guid.NewGuid():N}");
        static (string?, DateTimeOffset?) Of(DeviceAppView app) => (app.AppId, app.RemovedAt);
    }

    [Fact]
    public async Task Shows_the_tag_that_is_wanted_and_the_one_that_is_there()
    {
        var device = seed.Device("Tagged");
        device.Level = RiskLevel.High;
        var (high, secure) = (Tag("Test: High"), Tag("Test: Secure"));
        var write = Write(CoreState.Failed, day: 6, high);
        await seed.SaveAsync(
            Integration(),
            device,
            high,
            secure,
            new DeviceTagRow
            {
                OwnedTagId = secure.Id,
                RemoteId = device.RemoteId,
                ConfirmedAt = InventorySeed.Day(3),
            },
            write,
            OfDevice(write, device, CoreState.Failed, "The device is locked.")
        );

        var tags = await picket.Client.DeviceTagsAsync(device.Id, cancellation);

        Assert.True(tags.Writing);
        Assert.Equal(
            [("Test: High", true, null), ("Test: Secure", false, (DateTimeOffset?)InventorySeed.Day(3))],
            tags.Tags.Select(tag => (tag.Name, tag.Wanted, tag.ConfirmedAt))
        );
        var failed = tags.Tags[0].LastWrite!;
        Assert.Equal((write.Id, true, LedgerState.Failed), (failed.LedgerId, failed.Adds, failed.State));
        Assert.Equal("The device is locked.", failed.Message);
        Assert.Null(tags.Tags[1].LastWrite);
    }

    private static DeviceChangeRow Change(DeviceRow device, int day) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(day)),
            DeviceId = device.Id,
            At = InventorySeed.Day(day),
            Attribute = "osVersion",
            After = "17.0",
        };

    private IntegrationRow Integration() =>
        new()
        {
            Id = seed.Integration,
            Name = $"Test {seed.Integration}",
            Address = "https://uem.invalid/API",
            Account = "nobody",
            ProtectedSecrets = "",
            State = IntegrationState.Paused,
            TagPrefix = "Test: ",
            WritingEnabled = true,
        };

    private OwnedTagRow Tag(string name) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = name,
        };

    private LedgerEntryRow Write(CoreState state, int day, OwnedTagRow? tag = null) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(day)),
            IntegrationId = seed.Integration,
            IdempotencyKey = $"{Guid.NewGuid()}",
            Kind = "AddTag",
            Subject = tag?.Name ?? "Test: High",
            OwnedTagId = tag?.Id,
            WantedBy = "test",
            State = state,
            Devices = 1,
            WantedAt = InventorySeed.Day(day - 1),
            AnsweredAt = InventorySeed.Day(day),
        };

    private static LedgerDeviceRow OfDevice(
        LedgerEntryRow write,
        DeviceRow device,
        CoreState state,
        string? error = null
    ) =>
        new()
        {
            EntryId = write.Id,
            RemoteId = device.RemoteId,
            State = state,
            Error = error,
        };
}

public sealed class DeviceTimelineTests(PicketOnSqlite running)
    : DeviceTimelineStories(running),
        IClassFixture<PicketOnSqlite>;

public sealed class DeviceTimelinePostgresTests(PicketOnPostgres running)
    : DeviceTimelineStories(running),
        IClassFixture<PicketOnPostgres>;
