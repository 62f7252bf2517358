using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>What a page shows besides its words, and what it leaves out.</summary>
[Collection(QuietSite.Name)]
public sealed class LooksTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_goes_on_beside_the_screen_has_a_shadow_there()
    {
        var phone = await site.SignedInAsync(width: 390);
        await phone.OpenAsync("/findings/groups");
        var table = phone.GetByRole(AriaRole.Region, new() { Name = "Verdicts by organization group" });
        await Assertions.Expect(table.Locator("tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(table).Not.ToHaveCSSAsync("box-shadow", "none");

        var desk = await site.SignedInAsync();
        await desk.OpenAsync("/findings/groups");
        table = desk.GetByRole(AriaRole.Region, new() { Name = "Verdicts by organization group" });
        await Assertions.Expect(table.Locator("tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(table).ToHaveCSSAsync("box-shadow", "none");
    }

    [Fact]
    public async Task The_button_of_the_colours_follows_the_system_until_one_has_chosen()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/about");
        var toDark = page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" });
        var toLight = page.GetByRole(AriaRole.Button, new() { Name = "Light colours" });

        await Assertions.Expect(toDark).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(toLight).ToBeVisibleAsync();
        await toLight.ClickAsync();
        await Assertions.Expect(toDark).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Assertions.Expect(toDark).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deed_that_is_hard_to_take_back_looks_so_before_it_is_pressed()
    {
        var page = await site.SignedInAsync();
        var person = (await site.Picket.Client.People().PageAsync(Cancellation)).Items[0];
        await page.OpenAsync($"/people/{person.Id}");
        var critical = await page.EvaluateAsync<string>(
            """
            () => {
              const probe = document.body.appendChild(document.createElement("i"));
              probe.style.color = "var(--critical)";
              return getComputedStyle(probe).color;
            }
            """
        );

        foreach (var name in new[] { "Shut out", "Erase" })
        {
            var button = page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
            await Assertions.Expect(button).ToHaveCSSAsync("color", critical);
        }

        var harmless = page.GetByRole(AriaRole.Button, new() { Name = "Link for a new password" });
        await Assertions.Expect(harmless).Not.ToHaveCSSAsync("color", critical);
        await Assertions.Expect(page.Locator("a.up")).ToHaveTextAsync("‹ People");
    }

    [Fact]
    public async Task A_device_does_not_repeat_what_its_name_says()
    {
        var devices = (await site.Picket.Client.Devices(new()).PageAsync(Cancellation)).Items;
        var told = devices.First(device =>
            device.FriendlyName.Contains(device.Model!, StringComparison.Ordinal)
            && device.FriendlyName.Contains($"{device.Platform} {device.OsVersion}", StringComparison.Ordinal)
        );
        var page = await site.SignedInAsync(width: 390);

        await page.OpenAsync($"/devices?search={Uri.EscapeDataString(told.FriendlyName)}");
        var row = page.Locator("tbody tr", new() { HasText = told.FriendlyName });

        await Assertions.Expect(row).ToContainTextAsync("seen");
        var text = await row.InnerTextAsync();
        Assert.Single(Regex.Matches(text, Regex.Escape(told.Model!)));
        Assert.Single(Regex.Matches(text, Regex.Escape($"{told.Platform} {told.OsVersion}")));
    }

    [Fact]
    public async Task A_feed_tells_only_what_is_in_it()
    {
        var feeds = (await site.Picket.Client.Feeds().PageAsync(Cancellation)).Items;
        var feed = feeds.First(feed => feed.Version.Counts.Values.Contains(0));
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/intelligence/{feed.Id}");

        await Assertions.Expect(page.Locator("[aria-labelledby=about] dd").First).ToBeVisibleAsync();
        Assert.DoesNotContain("0", await page.Locator("[aria-labelledby=about] dd").AllTextContentsAsync());
    }

    [Fact]
    public async Task The_audit_names_the_feed_and_on_a_phone_tells_who_from_where_and_what()
    {
        var feed = (await site.Picket.Client.Feeds().PageAsync(Cancellation)).Items[0];
        var page = await site.SignedInAsync(width: 390);

        await page.OpenAsync($"/audit?action=feed.imported&subject={feed.Id}");
        var row = page.Locator("tbody tr").First;

        await Assertions.Expect(row.GetByRole(AriaRole.Link, new() { Name = feed.Name })).ToBeVisibleAsync();
        await Assertions.Expect(row).ToContainTextAsync("owner from 127.0.0.1", new() { UseInnerText = true });
        await row.GetByRole(AriaRole.Link, new() { Name = feed.Name }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(feed.Name);
    }
}
