using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Response;

namespace Picket.Server.Tests.Inventory;

public abstract class DeviceReadStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_a_device_with_verdict_evidence_facts_unknowns_and_tags()
    {
        var device = seed.Device("Shown");
        device.Level = RiskLevel.High;
        device.JudgedAt = InventorySeed.Day(2);
        device.PasscodePresent = true;
        device.SecurityReadAt = InventorySeed.Day(1);
        device.Unknowns =
            """[{"fact":"apps","cause":"NeverCollected","reason":"Nobody has asked yet.","required":true,"blocks":["app.malicious"]}]""";
        var tag = new OwnedTagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Name = "Picket: High",
        };
        await seed.SaveAsync(
            device,
            tag,
            new DeviceTagRow { RemoteId = device.RemoteId, OwnedTagId = tag.Id },
            seed.Finding(device, "device.compromised"),
            seed.Finding(device, "os.outdated", InventorySeed.Day(2))
        );

        var view = await picket.Client.DeviceAsync(device.Id, cancellation);

        Assert.Equal(Level.High, view.Verdict.Level);
        var finding = Assert.Single(view.Findings);
        Assert.Equal("device.compromised", finding.Kind);
        Assert.Equal("yes", finding.Evidence.Matched);
        Assert.Equal("yes", finding.Evidence.Facts["compromised"]);
        Assert.Equal(1, view.Device.Findings);
        var passcode = Assert.Single(view.Facts, fact => fact.Name == "passcode");
        Assert.Equal(InventorySeed.Day(1), passcode.ReadAt);
        Assert.DoesNotContain(view.Facts, fact => fact.Name == "encryption");
        var unknown = Assert.Single(view.Unknowns);
        Assert.Equal(("apps", "Nobody has asked yet.", true), (unknown.Fact, unknown.Reason, unknown.Required));
        Assert.Equal(["app.malicious"], unknown.Kinds);
        Assert.Equal(["Picket: High"], view.Tags);
    }

    [Fact]
    public async Task Tells_beside_each_verdict_how_much_it_rests_on_and_how_old_that_is()
    {
        var secure = seed.Device("Known", "Android");
        (secure.JudgedAt, secure.LastSeenAt) = (InventorySeed.Day(9), InventorySeed.Day(8));
        (secure.Compromised, secure.CompromisedCheckedAt) = (false, InventorySeed.Day(7));
        (secure.AppsState, secure.AppsReadAt) = (DetailState.Known, InventorySeed.Day(3));
        var half = seed.Device("Half", "Android");
        (half.JudgedAt, half.LastSeenAt) = (InventorySeed.Day(9), InventorySeed.Day(8));
        half.Unknowns =
            """[{"fact":"Apps","cause":"NeverCollected","reason":"Not asked yet.","required":true},{"fact":"Passcode","cause":"ReadFailed","reason":"It failed.","required":true}]""";
        var waiting = seed.Device("Waiting", "Android");
        await seed.SaveAsync(secure, half, waiting);

        Assert.Equal(new VerdictCoverage(10, 10, "Apps", InventorySeed.Day(3)), await CoverageAsync(secure));
        Assert.Equal((8, 10), await CoverageAsync(half) is { } some ? (some.Known, some.Needed) : default);
        Assert.Null(await CoverageAsync(waiting));

        async Task<VerdictCoverage?> CoverageAsync(DeviceRow device) =>
            (await picket.Client.DeviceAsync(device.Id, cancellation)).Verdict.Coverage;
    }

    [Fact]
    public async Task Tells_that_a_device_is_not_there()
    {
        foreach (var route in new[] { Routes.Device, Routes.DeviceApps, Routes.DeviceHistory, Routes.DeviceTags })
        {
            var answer = await picket.Http.GetAsync(Routes.Fill(route, Guid.NewGuid()), cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("E", 1)]
    [InlineData(null, 1)]
    [InlineData("C", 0)]
    public async Task Leaves_a_trace_when_the_apps_of_an_employee_are_read(string? ownership, int entries)
    {
        var device = seed.Device("Private", ownership: ownership);
        await seed.SaveAsync(device);

        await picket.Client.DeviceApps(device.Id).PageAsync(cancellation);

        var subject = device.Id.ToString();
        await using var db = picket.OpenDatabase();
        var found = await db.Audit.Where(row => row.Subject == subject).ToListAsync(cancellation);
        Assert.Equal(entries, found.Count);
        Assert.All(found, entry => Assert.Equal("device.apps-read", entry.Action));
        Assert.All(found, entry => Assert.StartsWith("token:", entry.Actor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_changes_newest_first()
    {
        var device = seed.Device("Changing");
        await seed.SaveAsync(device, Change(device, 1, "17.0"), Change(device, 3, "17.2"), Change(device, 2, "17.1"));

        var first = await picket.Client.DeviceHistory(device.Id, limit: 2).PageAsync(cancellation);
        var second = await picket.Client.DeviceHistory(device.Id, first.Next, 2).PageAsync(cancellation);

        Assert.Equal(["17.2", "17.1"], first.Items.Select(change => change.After));
        Assert.Equal(["17.0"], second.Items.Select(change => change.After));
        Assert.Null(second.Next);
    }

    private static DeviceChangeRow Change(DeviceRow device, int day, string version) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(day)),
            DeviceId = device.Id,
            At = InventorySeed.Day(day),
            Attribute = "osVersion",
            After = version,
        };
}

public sealed class DeviceReadTests(PicketOnSqlite running) : DeviceReadStories(running), IClassFixture<PicketOnSqlite>;

public sealed class DeviceReadPostgresTests(PicketOnPostgres running)
    : DeviceReadStories(running),
        IClassFixture<PicketOnPostgres>;
