using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>
/// The first days with Picket, in two consoles: that of the UEM, where everything is prepared, and ours. From the first
/// owner's link to the day when the owner's UEM account is moved and the right to change settings is gone.
/// </summary>
public sealed partial class FirstDayTests(Browser browser) : IClassFixture<Browser>
{
    private const string Customer = "Northwind Care";
    private const string Region = "Europe";
    private const string Account = "mobile.security";
    private const string UemPassword = "a long Password 1";
    private const string PicketPassword = "a walrus on a bicycle";

    private static readonly Right ReadDevices = new("API > REST > Devices", RightMode.Read);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_owners_link_to_the_riskiest_device_and_only_the_groups_administrator_changes_settings()
    {
        await using var picket = await StartAsync();
        var uem = await UemConsole.SignInAsync(browser, picket.Emulator);
        var key = await PrepareAlmostAsync(uem);

        var ada = await BecomeOwnerAsync(picket);
        await DescribeAsync(ada, picket, key);
        await MendOnTheWayAsync(ada, uem);
        var integration = await ConnectAsync(ada, picket);
        await ReadForTheFirstTimeAsync(ada);
        await LookAtTheRiskiestDeviceAsync(ada);

        var grace = await InviteAsync(ada, picket, "Grace");
        await TryToChangeAsync(grace, picket, integration);
        await SeesTheTryAsync(ada);

        await uem.MoveAdminAsync("ada.byron", Region, SeededRoles.ConsoleAdministrator);
        await SyncAsync(ada);
        await MayNoLongerChangeAsync(ada, integration);
    }

    private static Task<PicketApplication> StartAsync() =>
        PicketApplication.StartAsync(
            new()
            {
                Owned = false,
                Emulator = new()
                {
                    Http = true,
                    Devices = 120,
                    Unprepared = true,
                },
            }
        );

    /// <summary>The preparation, wrong in two places: Basic stays disabled, and a right is forgotten.</summary>
    /// <returns>The API key.</returns>
    private static async Task<string> PrepareAlmostAsync(UemConsole uem)
    {
        var key = await uem.EnableApiAccessAsync();
        await uem.SetBasicAsync(enabled: false);
        await uem.AddRoleAsync(
            Table1.RoleName,
            Table1.Circles,
            [.. Table1.Rights.Where(right => right != ReadDevices)]
        );
        await uem.AddAdminAsync(Account, UemPassword, Customer, Table1.RoleName);
        await uem.AddAdminAsync("ada.byron", UemPassword, Customer, SeededRoles.ConsoleAdministrator);
        await uem.AddAdminAsync("grace.hopper", UemPassword, Region, SeededRoles.ConsoleAdministrator);
        return key;
    }

    private async Task<IPage> BecomeOwnerAsync(PicketApplication picket)
    {
        var link = Link().Match(picket.Logs.All).Value;
        var page = await browser.OpenAsync(picket.Http.BaseAddress!);
        await JoinAsync(page, link, "Ada");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Connect a UEM");
        return page;
    }

    private static async Task DescribeAsync(IPage page, PicketApplication picket, string key)
    {
        await page.OpenAsync("/integrations/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Northwind");
        await page.GetByLabel("Address of the UEM").FillAsync(picket.Emulator.Address.ToString());
        await page.GetByLabel("Organization group").FillAsync(picket.Emulator.OrganizationGroup.GroupId);
        await PressAsync(page, "Next: the account");
        await page.GetByLabel("API key", new() { Exact = true }).FillAsync(key);
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync(Account);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(UemPassword);
        await PressAsync(page, "Next: check the preparation");
    }

    /// <summary>What the doctor names is done in the UEM's console, and checked again.</summary>
    private static async Task MendOnTheWayAsync(IPage page, UemConsole uem)
    {
        var next = page.GetByRole(AriaRole.Button, new() { Name = "Next: what is read" });
        await PressAsync(page, "Check now");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 check failed.");
        await Assertions
            .Expect(page.Locator(".check.bad"))
            .ToContainTextAsync("GROUPS & SETTINGS > All Settings > System > Advanced > API > REST API");
        await Assertions.Expect(next).ToBeDisabledAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("first-day-doctor") });

        await uem.SetBasicAsync(enabled: true);
        await page.GetByLabel("I mended the account in the UEM").CheckAsync();
        await PressAsync(page, "Check again");
        await Assertions
            .Expect(page.Locator(".check.bad"))
            .ToContainTextAsync("ACCOUNTS > Administrators > Roles > API > REST > Devices");
        await Assertions.Expect(next).ToBeDisabledAsync();

        await uem.ChangeRoleAsync(Table1.RoleName, [ReadDevices], granted: true);
        await PressAsync(page, "Check again");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The preparation is complete.");
        await next.ClickAsync();
    }

    private static async Task<Guid> ConnectAsync(IPage page, PicketApplication picket)
    {
        await PressAsync(page, "Next: who you are there");
        await ProveAsync(page, "ada.byron");
        await PressAsync(page, "Connect");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Northwind is connected");
        await using var db = picket.OpenDatabase();
        return Assert.Single(db.Integrations.Select(row => row.Id).ToList());
    }

    private static async Task ReadForTheFirstTimeAsync(IPage page)
    {
        await PressAsync(page, "Read the fleet now");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync("Completed", new() { Timeout = 90_000 });
        await page.IsFitToShowAsync();
    }

    private static async Task LookAtTheRiskiestDeviceAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at the riskiest devices" }).ClickAsync();
        var riskiest = page.Locator(".attention li").First;
        await Assertions.Expect(riskiest).ToContainTextAsync("Critical", new() { Timeout = 30_000 });
        var name = await riskiest.GetByRole(AriaRole.Link).TextContentAsync();
        await riskiest.GetByRole(AriaRole.Link).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name!);
        var finding = page.Locator("article.finding").First;
        await Assertions.Expect(finding).ToContainTextAsync("Critical");
        await Assertions.Expect(finding.Locator(".evidence")).ToContainTextAsync("First true");
        await Assertions.Expect(finding.Locator(".evidence")).ToContainTextAsync("Rule");
    }

    private async Task<IPage> InviteAsync(IPage owner, PicketApplication picket, string name)
    {
        await owner.OpenAsync("/people");
        await owner.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Administrator");
        await PressAsync(owner, "Make an invitation");
        var link = await owner.Locator(".once code").TextContentAsync();
        var page = await browser.OpenAsync(picket.Http.BaseAddress!);
        await JoinAsync(page, link!, name);
        return page;
    }

    /// <summary>She administers a region below the group that the integration belongs to.</summary>
    private static async Task TryToChangeAsync(IPage page, PicketApplication picket, Guid integration)
    {
        await page.OpenAsync($"/integrations/{integration}");
        await page.GetByText("Link my UEM account").First.ClickAsync();
        await ProveAsync(page, "grace.hopper");
        await PressAsync(page, "Link my UEM account");
        var panel = page.Locator("section", new() { HasText = "Who may change it" });
        await Assertions.Expect(panel).ToContainTextAsync("The settings are read-only for you.");
        await Assertions.Expect(panel).ToContainTextAsync("one above or below does not count");
        await Assertions.Expect(page.GetByText("Change settings", new() { Exact = true })).ToHaveCountAsync(0);
        await page.IsFitToShowAsync();

        using var nobody = picket.NewHttp();
        var token = (
            await new PicketClient(nobody).SignInAsync(new SignIn("Grace", PicketPassword), Cancellation)
        ).Token;
        using var grace = picket.NewHttp(token.Secret);
        var client = new PicketClient(grace);
        var shown = await client.IntegrationAsync(integration, Cancellation);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            client.ChangeIntegrationAsync(integration, shown.Version, new() { QuotaSharePercent = 90 }, Cancellation)
        );
        Assert.Equal((int)HttpStatusCode.Forbidden, refused.Problem.Status);
        Assert.Contains("one above or below does not count", refused.Problem.Detail);
    }

    private static async Task SeesTheTryAsync(IPage page)
    {
        await page.OpenAsync("/audit");
        var refused = page.Locator("tbody tr", new() { HasText = "refused" }).First;
        await Assertions.Expect(refused).ToContainTextAsync("Grace");
    }

    private static async Task SyncAsync(IPage page)
    {
        await page.OpenAsync("/sync");
        await PressAsync(page, "Sync now");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Full sync of Northwind");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Completed", new() { Timeout = 90_000 });
    }

    private static async Task MayNoLongerChangeAsync(IPage page, Guid integration)
    {
        await page.OpenAsync($"/integrations/{integration}");
        var panel = page.Locator("section", new() { HasText = "Who may change it" });
        await Assertions.Expect(panel).ToContainTextAsync("The settings are read-only for you.");
        await Assertions.Expect(page.GetByText("Change settings", new() { Exact = true })).ToHaveCountAsync(0);
    }

    private static async Task JoinAsync(IPage page, string link, string name)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Mail address").FillAsync($"{name}@example.com");
        await page.GetByLabel("Password").FillAsync(PicketPassword);
        await PressAsync(page, "Join");
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(name);
    }

    private static async Task ProveAsync(IPage page, string account)
    {
        await page.GetByLabel("Your UEM user name").FillAsync(account);
        await page.GetByLabel("Your UEM password").FillAsync(UemPassword);
        await page.GetByLabel("Your UEM password").BlurAsync();
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    [GeneratedRegex(@"http://\S+/first-owner#\S+")]
    private static partial Regex Link();
}
