using Microsoft.Playwright;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Browser.Tests.Walk;

/// <summary>Every page of the emulator's console, at both widths and in both colours; the pictures are build output.</summary>
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

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Each_page_fits_and_is_accessible(ColorScheme colors, int width)
    {
        await using var uem = await EmulatorHost.StartAsync(new() { Http = true, Devices = 120 }, ct: Cancellation);
        await CallAsync(uem);
        var console = await UemConsole.SignInAsync(browser, uem, colors, width);
        var page = console.Page;
        var problems = new List<string>();
        foreach (var (name, path) in Pages)
        {
            await page.GotoAsync(path.Replace("{device}", $"{uem.Fleet.All.First().Id}", StringComparison.Ordinal));
            await Assertions.Expect(page.Locator(".emulator-line")).ToContainTextAsync("Emulator.");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await PictureAsync(page, name, colors, width);
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is var over and > 0)
            {
                problems.Add($"{name}: {over} pixels too wide");
            }

            problems.AddRange((await page.FaultsAsync()).Select(fault => $"{name}: {fault}"));
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
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

    private static async Task PictureAsync(IPage page, string name, ColorScheme colors, int width)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = colors, ReducedMotion = ReducedMotion.Reduce });
        await page.ScreenshotAsync(new() { Path = Picture(name, colors, width), FullPage = width < 1000 });
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

    private static string Picture(string name, ColorScheme colors, int width) =>
        Path.Combine(AppContext.BaseDirectory, "pictures", $"{name}-{width}-{colors}.png".ToLowerInvariant());
}
