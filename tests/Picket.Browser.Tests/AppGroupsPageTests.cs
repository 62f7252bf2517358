using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Lists of denied apps are previewed, accepted and cleaned up in the console.</summary>
public sealed class AppGroupsPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listed_app_is_shown_previewed_accepted_and_cleaned_up()
    {
        await using (var db = site.Picket.OpenDatabase())
        {
            var app = await db
                .Apps.Where(row =>
                    row.Platform == "Android" && !row.Hashed && db.DeviceApps.Any(seen => seen.AppId == row.Id)
                )
                .Where(row => !row.Identifier.StartsWith("com.airwatch")) // The UEM's agent is never denied.
                .OrderBy(row => row.Identifier)
                .Select(row => row.Identifier)
                .FirstAsync(Cancellation);
            await site.Picket.Client.AddOwnIndicatorAsync(
                new SaveOwnIndicator("app-id", app, Level.High, "Case 7", "Ada"),
                Cancellation
            );
        }

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

        await Press(page, "Clean up");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Clean up" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The lists are off.")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("main .scroll tbody tr").First)
            .ToContainTextAsync("not yet", new() { Timeout = 20_000 });
        Assert.Empty(site.Picket.Emulator.AppGroups.All);
    }

    private static Task Press(IPage page, string label) =>
        page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).First.ClickAsync();
}
