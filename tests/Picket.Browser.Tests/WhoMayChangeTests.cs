using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;
using Picket.Server.Tests.Inventory;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests;

/// <summary>Law 6 in the console: proving one's UEM account, and what is seen without that.</summary>
public sealed class WhoMayChangeTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_newcomer_sees_why_settings_are_read_only_proves_an_account_and_then_changes_them()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var top = picket.Emulator.Groups.Customer.Index;
        picket.Emulator.Access.AddAccount("grace", "right password", SeededRoles.ConsoleAdministrator, top);
        await picket.NewPersonAsync("ada");

        var page = await browser.SignedInAsync(picket, "ada");
        await page.OpenAsync($"/integrations/{made.Id}");
        var panel = page.Locator("section", new() { HasText = "Who may change it" });
        await Assertions.Expect(panel).ToContainTextAsync("The settings are read-only for you. You are not linked");
        await Assertions.Expect(page.GetByText("Change settings", new() { Exact = true })).ToHaveCountAsync(0);

        await page.GetByText("Link my UEM account").First.ClickAsync();
        await ProveAsync(page, "grace", "wrong password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link my UEM account" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("refused this user name or password");
        await ProveAsync(page, "grace", "right password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link my UEM account" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("You may. You are linked to grace.");
        await Assertions.Expect(page.GetByText("Change settings", new() { Exact = true })).ToHaveCountAsync(1);
        await page.IsFitToShowAsync();

        // The account loses its place in the UEM: the next change is refused, and the page says why.
        picket.Emulator.Access.Account("grace").Group = picket.Emulator.Groups.Find("nw-europe")!.Index;
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Pause" })
            .GetByRole(AriaRole.Button, new() { Name = "Pause" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("one above or below does not count");
        var view = await picket.Client.IntegrationAsync(made.Id, TestContext.Current.CancellationToken);
        Assert.Equal(IntegrationState.Active, view.State);
    }

    [Fact]
    public async Task Whoever_is_not_linked_sees_what_would_be_written_and_is_not_offered_to_write_it()
    {
        await using var picket = await PicketApplication.StartAsync();
        await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        await picket.NewPersonAsync("ada");

        var stranger = await PreviewAsync(picket, "ada");
        var linked = await PreviewAsync(picket, PicketApplication.Owner.Name);

        await Assertions.Expect(stranger.Preview).ToContainTextAsync("You cannot accept it. You are not linked");
        await Assertions.Expect(stranger.Accept).ToHaveCountAsync(0);
        await Assertions.Expect(linked.Accept).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_wizard_asks_who_connects_and_connects_nobody_else()
    {
        await using var picket = await PicketApplication.StartAsync();
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        var draft = picket.Draft("Northwind");
        var credential = (BasicCredential)draft.Credential;

        await page.OpenAsync("/integrations/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(draft.Name);
        await page.GetByLabel("Address of the UEM").FillAsync(draft.Address);
        await page.GetByLabel("Organization group").FillAsync(draft.OrganizationGroup);
        await NextAsync(page, "Next: the account");
        await page.GetByLabel("API key", new() { Exact = true }).FillAsync(credential.ApiKey);
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync(credential.Account);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(credential.Password);
        await NextAsync(page, "Next: check the preparation");
        await NextAsync(page, "Check now");
        await NextAsync(page, "Next: what is read");
        await NextAsync(page, "Next: who you are there");
        await page.IsFitToShowAsync();
        await ProveAsync(page, credential.Account, credential.Password);
        await NextAsync(page, "Connect");
        await Assertions
            .Expect(page.Locator("main"))
            .ToContainTextAsync("the account that Picket itself signs in with");
        await ProveAsync(page, picket.Proof().UserName, picket.Proof().Password);
        await NextAsync(page, "Connect");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Northwind is connected");
        var made = Assert.Single(await picket.Client.Integrations().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(picket.Administrator.Name, made.Link?.UserName);
    }

    [Fact]
    public async Task A_form_that_was_open_while_somebody_else_changed_the_settings_undoes_nothing()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync($"/integrations/{made.Id}");
        await page.GetByText("Change settings", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Northwind phones");

        var now = await picket.Client.IntegrationAsync(made.Id, TestContext.Current.CancellationToken);
        await picket.Client.ChangeIntegrationAsync(
            made.Id,
            now.Version,
            new ChangeIntegration { QuotaSharePercent = 20 },
            TestContext.Current.CancellationToken
        );
        var notice = page.GetByText("The settings were changed since this form was opened.");
        await Assertions.Expect(notice).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Somebody changed the settings meanwhile")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the present ones" }).ClickAsync();
        var name = page.GetByLabel("Name", new() { Exact = true });
        await Assertions.Expect(name).ToHaveValueAsync("Northwind"); // else this comes over what is typed next
        await name.FillAsync("Northwind phones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();

        var saved = await picket.Client.IntegrationAsync(made.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("Northwind phones", 20), (saved.Name, saved.Quota.SharePercent));
    }

    [Fact]
    public async Task Typing_into_a_form_does_not_read_anew_who_is_linked()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        using var sql = await SqlLog.ListenAsync($"{made.Id}");
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.OpenAsync($"/integrations/{made.Id}");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Who is linked" })).ToBeVisibleAsync();
        await page.GetByText("Change settings", new() { Exact = true }).ClickAsync();
        var name = page.GetByLabel("Name", new() { Exact = true });
        var before = Readings();

        for (var typed = 1; typed <= 12; typed++)
        {
            await name.FillAsync($"Northwind {typed}");
            await name.BlurAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.NotEqual(0, before);
        // One for what was saved, and one for each ten seconds.
        Assert.InRange(Readings() - before, 1, 6);

        int Readings() =>
            sql.Commands.Count(command => command.Contains("\"link_requests\"", StringComparison.Ordinal));
    }

    private async Task<(ILocator Preview, ILocator Accept)> PreviewAsync(PicketApplication picket, string name)
    {
        var page = await browser.SignedInAsync(picket, name);
        await page.OpenAsync("/responses");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview what would be written" }).ClickAsync();
        var preview = page.Locator(".asking", new() { HasText = "What would be written now" });
        await preview.WaitForAsync();
        return (preview, preview.GetByRole(AriaRole.Button, new() { Name = "Switch writing on" }));
    }

    private static async Task ProveAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Your UEM user name").FillAsync(name);
        await page.GetByLabel("Your UEM password").FillAsync(password);
        await page.GetByLabel("Your UEM password").BlurAsync();
    }

    private static Task NextAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
