using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>All writes are stopped and released in the console, and devices put on the never-touch list.</summary>
public sealed class BrakesPageTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_shows_on_every_page_until_it_is_released()
    {
        await using var picket = await PicketApplication.StartAsync();
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync("/brakes");
        await PressAsync(page, "Stop all writes");
        await Assertions.Expect(page.GetByText("Say why, in 1 to 500 characters.")).ToBeVisibleAsync();

        await FillAsync(page, "#stop-reason", "Profiles vanish <b>fast</b>");
        await PressAsync(page, "Stop all writes");

        var banner = page.Locator(".stopped");
        await Assertions.Expect(banner).ToContainTextAsync("Profiles vanish <b>fast</b>");
        await Assertions.Expect(banner).ToContainTextAsync(PicketApplication.Owner.Name);
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("brakes-stopped"), FullPage = true });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(
            new() { Path = Pictures.Of("brakes-stopped", ColorScheme.Dark, 390), FullPage = true }
        );
        await page.SetViewportSizeAsync(1280, 900);
        await page.OpenAsync("/devices");
        await Assertions.Expect(banner).ToContainTextAsync("All writes are stopped.");
        await page.OpenAsync("/about");
        await Assertions.Expect(banner).ToBeVisibleAsync();

        await page.OpenAsync("/brakes");
        await PressAsync(page, "Release all writes");
        await Assertions.Expect(page.GetByText("What waits is sent now: nothing.")).ToBeVisibleAsync();
        await page.SayYesAsync();

        await Assertions.Expect(page.GetByText("Writes go out.")).ToBeVisibleAsync();
        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".list tbody tr")).ToContainTextAsync("Profiles vanish");
        Assert.Null((await picket.Client.BrakesAsync(Cancellation)).Stop);
    }

    [Fact]
    public async Task A_device_is_put_on_the_never_touch_list_and_taken_off_it()
    {
        await using var picket = await PicketApplication.StartAsync();
        await picket.CreateIntegrationAsync();
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync("/brakes");
        await page.Locator("#never summary").ClickAsync();
        await FillAsync(page, "#never-value", "C02XK1");
        await PressAsync(page, "Add to the list");
        await Assertions.Expect(page.GetByText("Say why, in 1 to 500 characters.")).ToBeVisibleAsync();

        await FillAsync(page, "#never-reason", "Board member");
        await PressAsync(page, "Add to the list");

        var row = page.Locator("#never tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("C02XK1");
        await Assertions.Expect(row).ToContainTextAsync("All integrations");
        await page.IsFitToShowAsync();
        await PressAsync(page, "Take off the list");
        await page.SayYesAsync();
        await Assertions.Expect(page.GetByText("Nobody is on it.")).ToBeVisibleAsync();
        Assert.Empty(await picket.Client.NeverTouch().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_brake_of_tags_is_set_at_the_integration_and_a_mistake_loses_nothing()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync($"/integrations/{made.Id}");
        await page.GetByText("Change settings", new() { Exact = true }).ClickAsync();
        await FillAsync(page, "#brake-percent", "101");
        await FillAsync(page, "#brake-run", "25");
        await PressAsync(page, "Save the settings");
        await Assertions.Expect(page.Locator("#brake-percent-mistake")).ToContainTextAsync("100");
        await Assertions.Expect(page.Locator("#brake-run")).ToHaveValueAsync("25");

        await FillAsync(page, "#brake-percent", "7.5");
        await FillAsync(page, "#brake-least", "3");
        await FillAsync(page, "#brake-hour", "40");
        await FillAsync(page, "#brake-group", "20");
        await PressAsync(page, "Save the settings");

        await Assertions.Expect(page.GetByText("Saved.", new() { Exact = true })).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        Assert.Equal(
            new TagBrakeSettings
            {
                Percent = 7.5,
                Least = 3,
                PerRun = 25,
                PerHour = 40,
                GroupPercent = 20,
            },
            (await picket.Client.IntegrationAsync(made.Id, Cancellation)).TagBrake
        );
    }

    private static async Task FillAsync(IPage page, string field, string text)
    {
        await page.Locator(field).FillAsync(text);
        await page.Locator(field).BlurAsync();
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
