using Microsoft.Playwright;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Browser.Tests;

/// <summary>Who goes on to another page does not take the end of what was pressed before along.</summary>
public sealed class LeavingTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task What_ends_after_its_page_was_left_does_not_break_the_next_one()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var top = picket.Emulator.Groups.Customer.Index;
        picket.Emulator.Access.AddAccount("grace", "grace's own", SeededRoles.ConsoleAdministrator, top);
        await picket.NewPersonAsync("grace");
        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "system/info",
                Action = FaultAction.Slow,
                Milliseconds = 3000,
            }
        );
        var page = await browser.SignedInAsync(picket, "grace");
        await page.OpenAsync($"/integrations/{made.Id}");
        await page.GetByText("Link my UEM account").First.ClickAsync();
        await page.GetByLabel("Your UEM user name").FillAsync("grace");
        await page.GetByLabel("Your UEM password").FillAsync("grace's own");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link my UEM account" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Asking the UEM …" }))
            .ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Findings", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Findings");
        await LinkedAsync(picket);
        await page.GetByRole(AriaRole.Link, new() { Name = "By app", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".tabs [aria-current=page]")).ToHaveTextAsync("By app");
        await Assertions.Expect(page.GetByText("This page failed")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until the deed of the page that was left has ended, and a moment for what follows it.</summary>
    private static async Task LinkedAsync(PicketApplication picket)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var db = picket.OpenDatabase();
        while (!db.AdminLinks.Any(link => link.UserName == "grace"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellation);
    }
}
