using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Lists of denied apps are previewed, accepted and cleaned up in the console.</summary>
public sealed class AppGroupsPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listed_app_is_shown_previewed_accepted_held_by_the_brake_approved_and_cleaned_up()
    {
        var apps = await AppsAsync();
        await ListAsync(apps[0]);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/app-groups");
        await Assertions.Expect(page.Locator("main .scroll tbody tr").First).ToContainTextAsync("not yet");
        await Press(page, "Make a preview");
        await Press(page, "Accept, and keep the lists");

        await Assertions.Expect(page.GetByText("The lists are kept.")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("main .scroll tbody tr").First)
            .ToContainTextAsync("denied", new() { Timeout = 20_000 });
        Assert.NotEmpty(site.Picket.Emulator.AppGroups.All);
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("app-groups-kept"), FullPage = true });

        await page.GetByText("Change the brake").First.ClickAsync();
        var brake = page.GetByLabel("Apps that may change within an hour").First;
        await brake.FillAsync("5000");
        await Press(page, "Save the brake");
        await Assertions.Expect(page.Locator(".mistake")).ToContainTextAsync("between 0 and 1000");
        await brake.FillAsync("0");
        await Press(page, "Save the brake");
        await Assertions.Expect(page.GetByText("where more than 0 apps")).ToBeVisibleAsync();
        await ListAsync(apps[1]);
        await page.OpenAsync("/approvals");
        var held = page.GetByLabel("A run of denied apps is held");
        await Assertions.Expect(held).ToContainTextAsync("more than the 0", new() { Timeout = 20_000 });
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("approvals-app-groups"), FullPage = true });
        await held.GetByRole(AriaRole.Link, new() { Name = "App by app" }).ClickAsync();
        await Assertions
            .Expect(page.Locator("main .scroll tbody tr", new() { HasText = apps[1] }))
            .ToContainTextAsync("not yet");
        await page.OpenAsync("/approvals");
        await Press(page, "Let it go on");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Let it go on" }).ClickAsync();
        await Assertions.Expect(held).ToHaveCountAsync(0);

        await page.OpenAsync("/app-groups");
        await Assertions
            .Expect(page.Locator("main .scroll").First.Locator("tbody tr").Filter(new() { HasText = "denied" }))
            .ToHaveCountAsync(3, new() { Timeout = 20_000 }); // One is in a feed of the site.
        Assert.Equal(3, site.Picket.Emulator.AppGroups.All.Sum(group => group.Applications.Length));

        await Press(page, "Clean up");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Clean up" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The lists are off.")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("main .scroll tbody tr").First)
            .ToContainTextAsync("not yet", new() { Timeout = 20_000 });
        Assert.Empty(site.Picket.Emulator.AppGroups.All);
    }

    private async Task<List<string>> AppsAsync()
    {
        await using var db = site.Picket.OpenDatabase();
        return await db
            .Apps.Where(row =>
                row.Platform == "Android" && !row.Hashed && db.DeviceApps.Any(seen => seen.AppId == row.Id)
            )
            .Where(row => !row.Identifier.StartsWith("com.airwatch")) // The UEM's agent is never denied.
            .OrderBy(row => row.Identifier)
            .Select(row => row.Identifier)
            .Take(2)
            .ToListAsync(Cancellation);
    }

    private async Task ListAsync(string app) =>
        await site.Picket.Client.AddOwnIndicatorAsync(
            new SaveOwnIndicator("app-id", app, Level.High, "Case 7", "Ada"),
            Cancellation
        );

    private static Task Press(IPage page, string label) =>
        page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).First.ClickAsync();
}
