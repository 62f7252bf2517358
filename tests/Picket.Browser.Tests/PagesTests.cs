using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Every page of the console for somebody who is signed in, as a phone and as a desk shows it.</summary>
[Collection(QuietSite.Name)]
public sealed class PagesTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_fits_is_accessible_and_asks_nobody_else()
    {
        var page = await site.SignedInAsync();
        var walk = await PageWalk.OfAsync(page, site.Picket.Http.BaseAddress!);
        foreach (var (name, path) in await PagesAsync())
        {
            await page.OpenAsync(path);
            await walk.LookAsync(name);
        }

        walk.FoundNothing();
    }

    [Fact]
    public async Task The_menu_works_by_keyboard_on_a_phone_and_marks_where_one_is()
    {
        var page = await site.SignedInAsync(width: 390);
        await page.OpenAsync("/devices");
        var menu = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(menu).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(menu.Locator("[aria-current='page']")).ToHaveTextAsync("Devices");
        await menu.GetByRole(AriaRole.Link, new() { Name = "Findings" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Findings");
        await Assertions.Expect(menu).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_first_tab_stop_skips_the_menu()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/sync");

        await page.Locator(".skip").FocusAsync();
        await Assertions.Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main#content")).ToBeFocusedAsync();
        Assert.Equal("/sync", new Uri(page.Url).AbsolutePath);
    }

    private static async Task<Guid> HuntAsync(PicketClient client, string app)
    {
        var name = $"Hunt {Guid.NewGuid():N}";
        return (
            await client.SaveHuntAsync(new SaveHunt(name, HuntKind.App, app, "Blue team", "Case 17"), Cancellation)
        ).Id;
    }

    /// <summary>A file with a line of each kind, checked.</summary>
    private async Task<Guid> ImportAsync(PicketClient client)
    {
        var there = (await client.Users().PageAsync(Cancellation)).Items[0];
        var text =
            $"user_name;first_name;email\ne.noether;Emmy;\n{there.UserName};Somebody Else With A Long Name;\nh.p;=1;nowhere\n";
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var import = await client.ImportAsync(
            site.Integration.Id,
            ImportKind.Users,
            "New people.csv",
            file,
            Cancellation
        );
        while (import.State is ImportState.Checking)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            import = await client.ImportAsync(import.Id, Cancellation);
        }

        return import.Id;
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync()
    {
        var client = site.Picket.Client;
        var risky = (await client.Devices(new DeviceFilter { Level = Level.Critical }).PageAsync(Cancellation)).Items[
            0
        ];
        var unknown = (await client.Devices(new DeviceFilter { Level = Level.Unknown }).PageAsync(Cancellation)).Items[
            0
        ];
        var run = (await client.Runs().PageAsync(Cancellation)).Items[0];
        var feed = (await client.Feeds().PageAsync(Cancellation)).Items[0];
        var app = (await client.Apps().PageAsync(Cancellation)).Items[0];
        var first = (await client.Runs().ToListAsync(Cancellation))[^1];
        var smart = (await client.SmartGroups().PageAsync(Cancellation)).Items[0];
        var group = (await client.UserGroups().PageAsync(Cancellation)).Items[0];
        var device = (await client.Devices().ToListAsync(Cancellation)).First(each => each.UserId is not null);
        var person = (await client.People().PageAsync(Cancellation)).Items[0];
        return
        [
            ("overview", "/"),
            ("devices", "/devices"),
            ("device", $"/devices/{risky.Id}"),
            ("device-unknown", $"/devices/{unknown.Id}"),
            ("findings", "/findings"),
            ("findings-apps", "/findings/apps"),
            ("findings-cves", "/findings/cves"),
            ("findings-groups", "/findings/groups"),
            ("findings-kinds", "/findings/kinds"),
            ("findings-all", "/findings/all"),
            ("findings-ended", "/findings/all?ended=true"),
            ("apps", "/apps"),
            ("app", $"/apps/{Uri.EscapeDataString(app.AppId)}"),
            ("directory-users", "/directory/users"),
            ("directory-administrators", "/directory/administrators"),
            ("smart-group", $"/directory/smart-groups/{smart.Id}"),
            ("user-group", $"/directory/user-groups/{group.Id}"),
            ("user", $"/users/{device.UserId}"),
            ("intelligence", "/intelligence"),
            ("policy", "/policy"),
            ("what-if", "/what-if"),
            ("empty-trial", $"/what-if/{Guid.Empty}"),
            ("feed", $"/intelligence/{feed.Id}"),
            ("indicators", "/indicators"),
            ("hunts", "/hunts"),
            ("hunt-answer", $"/hunts/answer?kind=App&value={Uri.EscapeDataString(app.AppId)}"),
            ("hunt-refused", "/hunts/answer?kind=OsVersion&value=newest"),
            ("hunt-not-testable", "/hunts/answer?kind=Domain&value=bad.example"),
            ("hunt", $"/hunts/{await HuntAsync(client, app.AppId)}"),
            ("hunt-feed", $"/hunts/feed/{feed.Id}"),
            ("empty-hunt", $"/hunts/{Guid.Empty}"),
            ("blind-spots", "/blind-spots"),
            ("evidence", $"/devices/{risky.Id}/evidence"),
            ("integrations", "/integrations"),
            ("integration", $"/integrations/{site.Integration.Id}"),
            ("catalogue", $"/publications/catalogue/{site.Integration.Id}"),
            ("empty-catalogue", $"/publications/catalogue/{site.Integration.Id}?search=nothing-has-this-name"),
            ("preparation", "/integrations/preparation"),
            ("set-up", "/integrations/new"),
            ("sync", "/sync"),
            ("run", $"/sync/{run.Id}"),
            ("run-rows", $"/sync/{first.Id}/devices/added"),
            ("responses", "/responses"),
            ("brakes", "/brakes"),
            ("approvals", "/approvals"),
            ("notices", "/notices"),
            ("tag-differences", $"/responses/differences/{site.Integration.Id}"),
            ("empty-drift", $"/responses/drift/{Guid.Empty}"),
            ("imports", "/imports"),
            ("import", $"/imports/{await ImportAsync(client)}"),
            ("register", "/imports/device"),
            ("empty-import", $"/imports/{Guid.Empty}"),
            ("publications", "/publications"),
            ("publish", "/publications/new"),
            ("publication", $"/publications/{await ARollout.UnderWayAsync(site)}"),
            ("empty-publication", $"/publications/{Guid.Empty}"),
            ("people", "/people"),
            ("person", $"/people/{person.Id}"),
            ("tokens", "/tokens"),
            ("account", "/account"),
            ("audit", "/audit"),
            ("about", "/about"),
            ("empty-devices", "/devices?search=nobody-has-this-name"),
            ("empty-run", $"/sync/{Guid.Empty}"),
            ("empty-user", $"/users/{Guid.Empty}"),
        ];
    }
}
