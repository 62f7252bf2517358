using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests;

/// <summary>What the command line can, the browser can: the way to the UEM, a paused save, others' links, the audit as a file.</summary>
public sealed class WholeConsoleTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_way_to_the_UEM_is_changed_with_every_secret_anew()
    {
        await using var picket = await PicketApplication.StartAsync();
        var draft = picket.Draft("Northwind");
        var credential = (BasicCredential)draft.Credential;
        var made = await picket.CreateIntegrationAsync(draft);
        var elsewhere = new UriBuilder(draft.Address) { Host = "127.0.0.1" }.Uri.GetLeftPart(UriPartial.Authority);
        var page = await OpenAsync(picket, $"/integrations/{made.Id}");
        await page.GetByText("Replace the credential, or the way to the UEM").ClickAsync();
        await page.GetByLabel("Address of the UEM").FillAsync(elsewhere);
        await page.GetByLabel("Address of the UEM").BlurAsync();

        await PressAsync(page, "Take the new way, with this credential");
        await Assertions.Expect(page.Locator(".mistake").First).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        await page.GetByLabel("API key", new() { Exact = true }).FillAsync(credential.ApiKey);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(credential.Password);
        await page.GetByLabel("Password", new() { Exact = true }).BlurAsync();
        await PressAsync(page, "Take the new way, with this credential");

        await Assertions.Expect(page.Locator(".facts").First).ToContainTextAsync($"{elsewhere}/API");
        var now = await picket.Client.IntegrationAsync(made.Id, Cancellation);
        Assert.Equal(($"{elsewhere}/API", IntegrationState.Active), (now.Address, now.State));
    }

    [Fact]
    public async Task What_is_not_prepared_yet_is_saved_paused()
    {
        await using var picket = await PicketApplication.StartAsync();
        picket.Emulator.Access.Role(SeededRoles.WithTags).Revoke(new Right(Rows.Devices, RightMode.Read));
        var draft = picket.Draft("Northwind");
        var credential = (BasicCredential)draft.Credential;
        var page = await OpenAsync(picket, "/integrations/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(draft.Name);
        await page.GetByLabel("Address of the UEM").FillAsync(draft.Address);
        await page.GetByLabel("Organization group").FillAsync(draft.OrganizationGroup);
        await PressAsync(page, "Next: the account");
        await page.GetByLabel("API key", new() { Exact = true }).FillAsync(credential.ApiKey);
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync(credential.Account);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(credential.Password);
        await PressAsync(page, "Next: check the preparation");
        await PressAsync(page, "Check now");
        await PressAsync(page, "Go on, and save it paused");
        await PressAsync(page, "Next: who you are there");
        await page.GetByLabel("Your UEM user name").FillAsync(picket.Proof().UserName);
        await page.GetByLabel("Your UEM password").FillAsync(picket.Proof().Password);
        await page.GetByLabel("Your UEM password").BlurAsync();
        await PressAsync(page, "Save it paused");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Northwind is saved, and paused");
        var made = Assert.Single(await picket.Client.Integrations().ToListAsync(Cancellation));
        Assert.Equal(IntegrationState.Paused, made.State);
    }

    [Fact]
    public async Task An_owner_ends_the_link_of_somebody_else()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var top = picket.Emulator.Groups.Customer.Index;
        picket.Emulator.Access.AddAccount("grace", "grace's own", SeededRoles.ConsoleAdministrator, top);
        using var http = picket.NewHttp();
        var grace = new PicketClient(http, await picket.NewPersonAsync("grace"));
        await grace.LinkAsync(made.Id, new("grace", "grace's own"), Cancellation);
        var page = await OpenAsync(picket, $"/integrations/{made.Id}");
        var row = page.Locator("tr", new() { HasText = "grace" });

        await row.GetByRole(AriaRole.Button, new() { Name = "End the link" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("grace changes nothing here until they prove");
        await row.GetByRole(AriaRole.Button, new() { Name = "End the link" }).ClickAsync();

        await Assertions.Expect(row).ToHaveCountAsync(0);
        Assert.False((await grace.IntegrationAsync(made.Id, Cancellation)).MayChange);
    }

    [Fact]
    public async Task The_audit_is_taken_along_with_its_signed_head()
    {
        await using var picket = await PicketApplication.StartAsync();
        var page = await OpenAsync(picket, "/audit");

        var export = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByText("Export", new() { Exact = true }).ClickAsync()
        );
        var head = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByText("Signed head", new() { Exact = true }).ClickAsync()
        );

        var lines = await File.ReadAllLinesAsync(await export.PathAsync(), Cancellation);
        Assert.Equal(("audit.jsonl", "audit-head.json"), (export.SuggestedFilename, head.SuggestedFilename));
        Assert.Contains("audit.exported", lines[^2], StringComparison.Ordinal);
        Assert.Contains("signature", lines[^1], StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "signature",
            await File.ReadAllTextAsync(await head.PathAsync(), Cancellation),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // Behind a proxy that lets none through, the page asks again and again instead.
    public async Task The_audit_tells_from_where_a_button_of_the_console_was_pressed(bool webSockets)
    {
        await using var picket = await PicketApplication.StartAsync();
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        if (!webSockets)
        {
            await page.AddInitScriptAsync("delete window.WebSocket");
        }

        await page.OpenAsync("/people");
        await page.GetByLabel("For whom").FillAsync("Grace of the desk");

        await PressAsync(page, "Make an invitation");
        await Assertions.Expect(page.Locator(".once code")).ToBeVisibleAsync();
        await page.OpenAsync("/audit?action=invitation.created");

        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("from 127.0.0.1");
    }

    private async Task<IPage> OpenAsync(PicketApplication picket, string address)
    {
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.GotoAsync(address);
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        return page;
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
