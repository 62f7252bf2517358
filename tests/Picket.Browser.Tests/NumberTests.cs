using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Every number is a link to its rows.</summary>
public sealed class NumberTests(Site site) : IClassFixture<Site>
{
    /// <summary>
    /// Numbers in the cells and lists that count rows, and lead nowhere. What a run cost has no rows, nor has a limit, and of
    /// verdicts of days past only their numbers are kept.
    /// </summary>
    private const string Dead = """
        () => [...document.querySelectorAll('td.num, .kinds .num, dl.facts dd')]
          .filter(cell => !cell.closest('.cost, .course-table, .limit'))
          .filter(cell => /^[1-9][\d.,]*$/.test(cell.textContent.trim()))
          .filter(cell => !cell.closest('a') && !cell.querySelector('a'))
          .map(cell => cell.closest('tr, li')?.textContent.replace(/\s+/g, ' ').trim() ?? cell.textContent)
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_shows_a_number_of_rows_that_leads_nowhere()
    {
        var page = await site.SignedInAsync();
        var run = (await site.Picket.Client.Runs().PageAsync(Cancellation)).Items[0];
        var device = (await site.Picket.Client.Devices().ToListAsync(Cancellation)).First(row =>
            row.UserId is not null
        );
        var feed = (await site.Picket.Client.Feeds().PageAsync(Cancellation)).Items[0];
        string[] addresses =
        [
            "/",
            "/devices",
            "/findings",
            "/findings/apps",
            "/findings/cves",
            "/findings/groups",
            "/findings/kinds",
            "/apps",
            "/directory/users",
            "/directory/groups",
            "/directory/smart-groups",
            "/directory/user-groups",
            "/directory/tags",
            "/intelligence",
            "/policy",
            "/what-if",
            $"/intelligence/{feed.Id}",
            "/indicators",
            "/hunts",
            $"/hunts/feed/{feed.Id}",
            "/blind-spots",
            "/integrations",
            $"/integrations/{site.Integration.Id}",
            $"/publications/catalogue/{site.Integration.Id}",
            "/sync",
            $"/sync/{run.Id}",
            "/responses",
            "/app-groups",
            "/brakes",
            "/approvals",
            "/notices",
            "/imports",
            $"/imports/{await ImportAsync()}",
            "/publications",
            $"/publications/{await ARollout.UnderWayAsync(site)}",
            "/people",
            $"/users/{device.UserId}",
        ];
        var dead = new List<string>();
        foreach (var address in addresses)
        {
            await page.OpenAsync(address);
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            dead.AddRange((await page.EvaluateAsync<string[]>(Dead)).Select(row => $"{address}: {row}"));
        }

        Assert.True(dead.Count == 0, string.Join(Environment.NewLine, dead));
    }

    private async Task<Guid> ImportAsync()
    {
        using var file = new MemoryStream("user_name\ne.noether\n=1\n"u8.ToArray());
        var import = await site.Picket.Client.ImportAsync(
            site.Integration.Id,
            ImportKind.Users,
            "People.csv",
            file,
            Cancellation
        );
        while (import.State is ImportState.Checking)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            import = await site.Picket.Client.ImportAsync(import.Id, Cancellation);
        }

        return import.Id;
    }

    [Fact]
    public async Task The_new_devices_of_a_run_are_a_press_away_from_their_number()
    {
        var page = await site.SignedInAsync();
        var run = (await site.Picket.Client.Runs().ToListAsync(Cancellation))[^1];
        await page.OpenAsync($"/sync/{run.Id}");

        var added = run.Counts["devices"].Added;
        await page.GetByRole(AriaRole.Link, new() { Name = $"{added:N0} new: Devices" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Devices: new");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(Math.Min(50, added));
        await page.Locator("tbody a").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/devices/[0-9a-f-]+$"));
    }

    [Fact]
    public async Task A_choice_of_devices_says_how_many_it_would_show_and_shows_as_many()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/devices");
        var facets = await site.Picket.Client.DeviceFacetsAsync(cancellationToken: Cancellation);
        var (name, count) = facets.Platforms.Where(each => each.Value is > 0 and < 50).MinBy(each => each.Value);

        var platform = page.GetByLabel("Platform");
        await Assertions.Expect(platform).ToContainTextAsync($"{name} ({count})");
        await platform.SelectOptionAsync(name);

        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"platform={name}"));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(count);
    }

    [Fact]
    public async Task What_could_not_be_seen_over_the_fleet_leads_to_the_devices_that_lack_it()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/");
        var spot = (await site.Picket.Client.BlindSpotsAsync(Cancellation)).Items[0];
        var lacking = await site
            .Picket.Client.Devices(new DeviceFilter { Lacks = spot.Fact, Limit = 500 })
            .PageAsync(Cancellation);

        var panel = page.GetByRole(AriaRole.Region, new() { Name = "What could not be seen" });
        await panel.GetByRole(AriaRole.Link, new() { Name = $"{spot.Devices:N0} devices without" }).First.ClickAsync();

        Assert.Equal(spot.Devices, lacking.Items.Count);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Not known:" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(Math.Min(50, spot.Devices));
    }
}
