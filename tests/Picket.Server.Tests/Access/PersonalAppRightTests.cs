using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Inventory;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Access;

/// <summary>The apps on employees' own devices, and on those whose owner is not known, are shown to some roles only.</summary>
public abstract class PersonalAppRightStories : IAsyncLifetime
{
    private readonly PicketApplication picket;
    private readonly InventorySeed seed;
    private readonly DeviceRow corporate;
    private readonly DeviceRow employees;
    private readonly DeviceRow nobodys;
    private readonly string open;
    private readonly string secret;

    protected PersonalAppRightStories(RunningPicket running)
    {
        (picket, seed) = (running.Application, new InventorySeed(running.Application.OpenDatabase));
        (open, secret) = ($"com.open.a{seed.Integration:N}", $"com.secret.a{seed.Integration:N}");
        corporate = seed.Device("Corporate");
        employees = seed.Device("Employee's", ownership: "E");
        nobodys = seed.Device("Nobody's", ownership: null);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Role, bool> Table { get; } =
        new()
        {
            { Role.Owner, true },
            { Role.Administrator, true },
            { Role.Analyst, true },
            { Role.Approver, false },
            { Role.Auditor, true },
        };

    public async ValueTask InitializeAsync()
    {
        var clear = App(open, hashed: false);
        var hashed = App(picket.Service<PersonalApps>().HashOf(secret), hashed: true);
        DeviceRow[] all = [corporate, employees, nobodys];
        await seed.SaveAsync([
            .. all,
            clear,
            hashed,
            .. all.Select(device => InventorySeed.Held(device, clear, 1)),
            .. all.Select(device => InventorySeed.Held(device, hashed, 2)),
        ]);
    }

    /// <summary>Of the platform that the lists of stalkerware are about.</summary>
    private static AppRow App(string identifier, bool hashed) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Platform = "Android",
            Identifier = identifier,
            Name = hashed ? null : "Open",
            Hashed = hashed,
        };

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_hits_of_a_feed_count_no_device_whose_apps_are_not_shown(Role role, bool may)
    {
        var feed = await picket.Client.ImportFeedAsync(
            $"feed-{Guid.NewGuid():N}",
            FeedFiles.Stalkerware(open, secret),
            cancellationToken: Cancel
        );
        using var who = await Colleague.JoinAsync(picket, new Grant(role, seed.Integration));

        var hits = await who
            .Client.FeedIndicators(feed.Id)
            .ToDictionaryAsync(entry => entry.Value, entry => entry.Hits, cancellationToken: Cancel);

        Assert.Equal((may ? 3 : 1, may ? 3 : 0), (hits[open], hits[secret]));
        foreach (var (entry, count) in hits)
        {
            var filter = new DeviceFilter { Feed = feed.Id, FeedEntry = entry };
            Assert.Equal(count, (await who.Client.Devices(filter).ToListAsync(Cancel)).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_apps_of_a_device_are_refused_or_shortened(Role role, bool may)
    {
        using var who = await Colleague.JoinAsync(picket, new Grant(role, seed.Integration));
        foreach (var device in new[] { employees, nobodys })
        {
            using var answer = await who.Http.GetAsync(Routes.Fill(Routes.DeviceApps, device.Id), Cancel);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Contains(may ? open : "Owner or Administrator or Analyst", text, StringComparison.Ordinal);
        }

        var apps = await who.Client.DeviceApps(corporate.Id).PageAsync(Cancel);

        Assert.Equal(may ? [open, null] : [open], apps.Items.Select(app => app.AppId));
        Assert.Equal(!may, apps.Note == PersonalApps.NotShownOfDevice);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_history_of_a_device_leaves_personal_apps_out(Role role, bool may)
    {
        using var who = await Colleague.JoinAsync(picket, new Grant(role, seed.Integration));

        var theirs = await who.Client.DeviceHistory(employees.Id).PageAsync(Cancel);
        var ours = await who.Client.DeviceHistory(corporate.Id).PageAsync(Cancel);

        Assert.Equal(may ? 2 : 0, theirs.Items.Count);
        Assert.Equal(may ? 2 : 1, ours.Items.Count);
        Assert.Equal(!may, theirs.Note == PersonalApps.NotShownOfDevice);
        Assert.Equal(!may, ours.Note == PersonalApps.NotShownOfDevice);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_hunt_finds_devices_of_the_organization_and_says_what_it_leaves_out(Role role, bool may)
    {
        using var who = await Colleague.JoinAsync(picket, new Grant(role, seed.Integration));
        string[] expected = may ? ["Corporate", "Employee's", "Nobody's"] : ["Corporate"];

        var holders = await who.Client.AppHolders(open).PageAsync(Cancel);
        var devices = await who.Client.Devices(new DeviceFilter { App = open }).PageAsync(Cancel);
        var file = await who.Http.GetStringAsync($"/devices/export.csv?app={open}", Cancel);

        Assert.Equal(expected, holders.Items.Select(holder => holder.FriendlyName));
        Assert.Equal(expected, devices.Items.Select(device => device.FriendlyName));
        Assert.Equal(expected.Length + (may ? 1 : 2), file.Trim().Split("\r\n").Length);
        Assert.Equal(!may, file.Contains(PersonalApps.NotShown, StringComparison.Ordinal));
        Assert.Equal([!may, !may], new[] { holders.Note, devices.Note }.Select(note => note == PersonalApps.NotShown));
        foreach (var page in new[] { $"/devices?app={open}", $"/apps/{open}" })
        {
            var html = WebUtility.HtmlDecode(await who.Browser.TextAsync(page));
            Assert.Equal(may, html.Contains(">Employee's<", StringComparison.Ordinal));
            Assert.Equal(!may, html.Contains(PersonalApps.NotShown, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_personal_app_is_looked_up_and_the_look_audited_only_for_those_who_may(Role role, bool may)
    {
        using var who = await Colleague.JoinAsync(picket, new Grant(role, seed.Integration));

        var holders = await who.Client.AppHolders(secret).ToListAsync(Cancel);
        var devices = await who.Client.Devices(new DeviceFilter { App = secret }).ToListAsync(Cancel);

        Assert.Equal(may ? (3, 3) : (0, 0), (holders.Count, devices.Count));
        await using var db = picket.OpenDatabase();
        var looks = await db.Audit.CountAsync(
            entry => entry.Action == "app.holders-read" && entry.Subject == secret,
            Cancel
        );
        Assert.Equal(may ? 2 : 0, looks);
    }

    [Fact]
    public async Task The_right_counts_at_the_integration_where_it_is_held()
    {
        var other = new InventorySeed(picket.OpenDatabase);
        var (theirs, ours) = (other.Device("Other employee's", ownership: "E"), other.Device("Other corporate"));
        await using (var db = picket.OpenDatabase())
        {
            var app = await db.Apps.SingleAsync(app => app.Identifier == open, Cancel);
            await other.SaveAsync(theirs, ours, InventorySeed.Held(theirs, app, 1), InventorySeed.Held(ours, app, 1));
        }

        using var who = await Colleague.JoinAsync(
            picket,
            new Grant(Role.Analyst, seed.Integration),
            new Grant(Role.Approver, other.Integration)
        );
        var holders = await who.Client.AppHolders(open).ToListAsync(Cancel);
        var devices = await who.Client.Devices(new DeviceFilter { App = open }).ToListAsync(Cancel);

        string[] expected = ["Corporate", "Employee's", "Nobody's", "Other corporate"];
        Assert.Equal(expected, holders.Select(holder => holder.FriendlyName).Order());
        Assert.Equal(expected, devices.Select(device => device.FriendlyName).Order());
    }
}

public sealed class PersonalAppRightTests(PicketOnSqlite running)
    : PersonalAppRightStories(running),
        IClassFixture<PicketOnSqlite>;

public sealed class PersonalAppRightPostgresTests(PicketOnPostgres running)
    : PersonalAppRightStories(running),
        IClassFixture<PicketOnPostgres>;
