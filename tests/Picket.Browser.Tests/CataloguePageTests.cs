using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Browser.Tests;

/// <summary>The UEM's catalogue in the console: an app of a store and a file of one's own go into it, a version comes out.</summary>
public sealed class CataloguePageTests(Site site) : IClassFixture<Site>
{
    private string Address => $"/publications/catalogue/{site.Integration.Id}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apps_are_added_from_a_store_and_a_file_and_a_version_is_retired_and_brought_back()
    {
        var emulator = site.Picket.Emulator;
        emulator.Access.Account(emulator.Credentials.Account).Role = emulator.Access.Role(
            SeededRoles.ConsoleAdministrator
        );
        var page = await site.SignedInAsync();
        var walk = await PageWalk.OfAsync(page, site.Picket.Http.BaseAddress!);
        await page.OpenAsync(Address);
        await Assertions.Expect(page.GetByText("Nothing is changed in the catalogue now")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add it" })).ToHaveCountAsync(0);

        await SwitchOnAsync();
        await page.OpenAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#store-bundle-mistake")).ToBeVisibleAsync();
        await page.Locator("#store-name").FillAsync("A scanner with a name that goes on and on, as some do");
        await page.Locator("#store-bundle").FillAsync("com.example.scanner.with.a.long.package.name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The catalogue has it now")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("tbody").GetByText("com.example.scanner.with.a.long.package.name"))
            .ToBeVisibleAsync();

        await UploadAsync(page);
        var row = page.Locator("tbody tr", new() { HasText = "com.example.ledger" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Retire" }).ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(row).ToContainTextAsync("Retired");
        await row.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Link, new() { Name = "Publish" })).ToBeVisibleAsync();
        await walk.LookAsync("catalogue");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("ledger");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        walk.FoundNothing();

        emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "mam/apps",
                Action = FaultAction.Status,
                Status = 400,
                ErrorCode = 400,
            }
        );
        await page.OpenAsync(Address);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ask again" })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("catalogue-down"), FullPage = true });
        emulator.Faults = new FaultScript();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
    }

    private static async Task UploadAsync(IPage page)
    {
        await page.GetByText("From a file of your own").ClickAsync();
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "ledger.apk",
                    MimeType = "application/octet-stream",
                    Buffer = new byte[2 * 1024 * 1024],
                }
            );
        await page.Locator("#file-name").FillAsync("Ledger");
        await page.Locator("#file-bundle").FillAsync("com.example.ledger");
        await page.Locator("#file-version").FillAsync("4.2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload it" }).ClickAsync();
        await Assertions
            .Expect(page.Locator("tbody tr", new() { HasText = "com.example.ledger" }))
            .ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private async Task SwitchOnAsync()
    {
        await using var db = site.Picket.OpenDatabase();
        await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.DeploymentEnabled, true), Cancel);
    }
}
