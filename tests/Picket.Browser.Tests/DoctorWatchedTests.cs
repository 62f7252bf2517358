using Microsoft.Playwright;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Browser.Tests;

/// <summary>The doctor's findings come one by one, while it still asks.</summary>
public sealed class DoctorWatchedTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task What_the_doctor_has_found_is_seen_before_its_report()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "mdm/devices/search",
                Action = FaultAction.Slow,
                Milliseconds = 8000,
            }
        );
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync($"/integrations/{made.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();

        await Assertions.Expect(page.Locator(".checks")).ToContainTextAsync("✓ The server's certificate is trusted");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Asking the UEM …" }))
            .ToBeDisabledAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("doctor-watched") });
        await page.IsFitToShowAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status))
            .ToContainTextAsync("The preparation is complete.", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator(".checks")).ToHaveCountAsync(0);
    }
}
