using Microsoft.Playwright;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Browser.Tests.Walk;

/// <summary>Every page of the emulator's console, as a phone and as a desk shows it; the pictures are build output.</summary>
public sealed class ConsolePagesTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/console"),
        ("requests", "/console/monitor/requests"),
        ("requests-refused", "/console/monitor/requests?result=refused"),
        ("devices", "/console/devices"),
        ("device", "/console/devices/{device}"),
        ("users", "/console/users"),
        ("user-groups", "/console/user-groups"),
        ("admins", "/console/admins"),
        ("add-admin", "/console/admins/add"),
        ("roles", "/console/roles"),
        ("role", "/console/roles/edit?name=Picket%20with%20tags"),
        ("add-role", "/console/roles/add?copy=Read%20Only"),
        ("apps-internal", "/console/apps/internal"),
        ("apps-public", "/console/apps/public"),
        ("apps-purchased", "/console/apps/purchased"),
        ("assignment-groups", "/console/assignment-groups"),
        ("organization-groups", "/console/groups"),
        ("settings", "/console/settings"),
        ("rest-api-general", "/console/settings/rest-api?tab=General"),
        ("rest-api-authentication", "/console/settings/rest-api?tab=Authentication"),
        ("rest-api-usage", "/console/settings/rest-api?tab=Usage"),
        ("event-notifications", "/console/settings/event-notifications"),
        ("tags", "/console/settings/tags"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_fits_and_is_accessible()
    {
        await using var uem = await EmulatorHost.StartAsync(new() { Http = true, Devices = 120 }, ct: Cancellation);
        await CallAsync(uem);
        var page = (await UemConsole.SignInAsync(browser, uem)).Page;
        var walk = await PageWalk.OfAsync(page, uem.ConsoleAddress, folder: "");
        foreach (var (name, path) in Pages)
        {
            await page.GotoAsync(path.Replace("{device}", $"{uem.Fleet.All.First().Id}", StringComparison.Ordinal));
            await Assertions.Expect(page.Locator(".emulator-line")).ToContainTextAsync("Emulator.");
            await walk.LookAsync(name);
        }

        walk.FoundNothing();
    }

    [Fact]
    public async Task Everything_works_without_script()
    {
        await using var uem = await EmulatorHost.StartAsync(new() { Http = true, Devices = 20 }, ct: Cancellation);
        var page = await browser.OpenAsync(uem.ConsoleAddress, script: false);
        await page.GotoAsync("/console");
        await page.GetByLabel("Username").FillAsync(uem.Credentials.ConsoleAccount);
        await page.GetByLabel("Password").FillAsync(uem.Credentials.ConsolePassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Organization Group").SelectOptionAsync($"{uem.Groups.Find("nw-europe")!.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Devices at Europe")).ToBeVisibleAsync();

        await page.GotoAsync("/console/roles/add");
        await page.GetByLabel("Choose Edit Mode of API", new() { Exact = true }).ClickAsync();
        await page.Locator("[data-category='API'] > .category-head")
            .GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true })
            .ClickAsync();
        await page.Locator("[data-category='API'] > .category-body > summary").WaitForAsync();
        Assert.True(await page.GetByLabel("API > REST > Devices: Read").IsCheckedAsync());
        Assert.False(await page.GetByLabel("API > REST > Devices: Edit").IsCheckedAsync());
    }

    /// <summary>So that the log has calls of all kinds to show.</summary>
    private static async Task CallAsync(EmulatorHost uem)
    {
        using var http = new HttpClient();
        var keys = new[]
        {
            uem.Credentials.ApiKey,
            uem.Credentials.ApiKey,
            uem.Credentials.EnrollmentUserApiKey,
            "mistyped",
        };
        foreach (
            var (key, path) in keys.Zip([
                "mdm/devices/search",
                "mdm/compliancepolicy/search",
                "system/info",
                "mdm/tags/search",
            ])
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{uem.Address}/{path}?pagesize=1");
            request.Headers.Add("aw-tenant-code", key);
            request.Headers.Add("Accept", "application/json");
            var pair = $"{uem.Credentials.Account}:{uem.Credentials.Password}";
            request.Headers.Authorization = new(
                "Basic",
                Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair))
            );
            using var answer = await http.SendAsync(request, Cancellation);
        }
    }
}
