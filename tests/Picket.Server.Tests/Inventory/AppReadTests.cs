using System.Net;
using Picket.Api;

namespace Picket.Server.Tests.Inventory;

public abstract class AppReadStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_who_had_an_app_at_a_time_and_in_a_span()
    {
        var (before, during, now) = (seed.Device("Before"), seed.Device("During"), seed.Device("Now"));
        var left = seed.Device("Left");
        left.GoneAt = InventorySeed.Day(25);
        var app = InventorySeed.App($"com.example.chat{seed.Integration:N}", "Chat");
        await seed.SaveAsync(
            before,
            during,
            now,
            left,
            app,
            InventorySeed.Held(before, app, 1, until: 5),
            InventorySeed.Held(during, app, 10, until: 20),
            InventorySeed.Held(now, app, 15),
            InventorySeed.Held(left, app, 22)
        );

        await ExpectAsync(app.Identifier, new(), "Now");
        await ExpectAsync(app.Identifier, new() { At = InventorySeed.Day(3) }, "Before");
        await ExpectAsync(app.Identifier, new() { At = InventorySeed.Day(17) }, "During", "Now");
        await ExpectAsync(app.Identifier, new() { At = InventorySeed.Day(20) }, "Now");
        await ExpectAsync(app.Identifier, new() { At = InventorySeed.Day(23) }, "Now", "Left");
        await ExpectAsync(
            app.Identifier,
            new() { From = InventorySeed.Day(4), To = InventorySeed.Day(11) },
            "Before",
            "During"
        );
        await ExpectAsync(app.Identifier, new() { To = InventorySeed.Day(2) }, "Before");
        await ExpectAsync(app.Identifier, new() { From = InventorySeed.Day(21) }, "Now", "Left");
        await ExpectAsync(app.Identifier, new() { IntegrationId = Guid.NewGuid() });
    }

    [Theory]
    [InlineData("com/evil/../app")]
    [InlineData("//")]
    [InlineData("a b?c#d&e%f")]
    public async Task An_id_with_signs_of_an_address_in_it_is_an_id_like_any_other(string identifier)
    {
        var device = seed.Device("Odd");
        var app = InventorySeed.App($"{identifier}{seed.Integration:N}");
        await seed.SaveAsync(device, app, InventorySeed.Held(device, app, 1));

        await ExpectAsync(app.Identifier, new(), "Odd");
        var one = $"{Routes.Prefix}/apps/{Uri.EscapeDataString(app.Identifier)}/devices";
        Assert.Contains("Odd", await picket.Http.GetStringAsync(one, cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_shows_a_hashed_app_in_clear()
    {
        var hash = $"#{seed.Integration:N}";
        var device = seed.Device("Private", ownership: "E");
        var app = InventorySeed.App(hash, hashed: true);
        await seed.SaveAsync(device, app, InventorySeed.Held(device, app, 1));

        var apps = await picket.Client.DeviceApps(device.Id).PageAsync(cancellation);
        var shown = Assert.Single(apps.Items);
        Assert.Null(shown.AppId);
        Assert.Null(shown.Name);
        Assert.Null(shown.Version);
        Assert.NotNull(apps.Note);

        string[] addresses =
        [
            Routes.Fill(Routes.DeviceApps, device.Id),
            $"{Routes.Apps}?search={Uri.EscapeDataString(hash)}",
            Routes.Fill(Routes.AppDevices, hash),
            $"{Routes.Devices}?app={Uri.EscapeDataString(hash)}",
        ];
        foreach (var address in addresses)
        {
            var text = await picket.Http.GetStringAsync(address, cancellation);
            Assert.DoesNotContain($"{seed.Integration:N}", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty((await picket.Client.AppHolders(hash).PageAsync(cancellation)).Items);
        Assert.Empty((await picket.Client.Devices(new() { App = hash }).PageAsync(cancellation)).Items);
    }

    [Fact]
    public async Task Counts_the_devices_that_have_an_app_now()
    {
        var (one, two) = (seed.Device("One"), seed.Device("Two"));
        var mail = InventorySeed.App($"mail.{seed.Integration:N}", "Mail");
        var maps = InventorySeed.App($"maps.{seed.Integration:N}", "Maps");
        await seed.SaveAsync(
            one,
            two,
            mail,
            maps,
            InventorySeed.Held(one, mail, 1),
            InventorySeed.Held(two, mail, 1),
            InventorySeed.Held(two, maps, 1),
            InventorySeed.Held(one, maps, 1, until: 2)
        );

        var all = await AppsAsync(new() { IntegrationId = seed.Integration });
        var found = await AppsAsync(new() { IntegrationId = seed.Integration, Search = "maP" });

        Assert.Equal([("Mail", 2), ("Maps", 1)], all);
        Assert.Equal([("Maps", 1)], found);
    }

    [Theory]
    [InlineData("at=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("at=yesterday")]
    public async Task Refuses_a_time_that_makes_no_sense(string query)
    {
        var address = $"{Routes.Fill(Routes.AppDevices, "com.example.app")}?{query}";

        Assert.Equal(HttpStatusCode.BadRequest, (await picket.Http.GetAsync(address, cancellation)).StatusCode);
    }

    private async Task<IEnumerable<(string?, int)>> AppsAsync(ListFilter filter) =>
        (await picket.Client.Apps(filter).PageAsync(cancellation)).Items.Select(app => (app.Name, app.Devices));

    private async Task ExpectAsync(string app, HolderFilter filter, params string[] names)
    {
        var page = await picket.Client.AppHolders(app, filter).PageAsync(cancellation);
        Assert.Equal(names, page.Items.Select(holder => holder.FriendlyName));
    }
}

public sealed class AppReadTests(PicketOnSqlite running) : AppReadStories(running), IClassFixture<PicketOnSqlite>;

public sealed class AppReadPostgresTests(PicketOnPostgres running)
    : AppReadStories(running),
        IClassFixture<PicketOnPostgres>;
