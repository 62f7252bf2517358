using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Cli.Tests.Demo;

namespace Picket.Browser.Tests;

/// <summary>The demo in a browser, as a stranger opens it: whatever the menu offers has something to show.</summary>
[Collection(DemoTurns.Name)]
public sealed partial class DemoPagesTests(Browser browser, DemoPagesTests.RunningDemo running)
    : IClassFixture<Browser>,
        IClassFixture<DemoPagesTests.RunningDemo>
{
    /// <summary>What stands there is made by people, and says how until somebody does.</summary>
    private static readonly string[] ByPeople = ["/notices", "/brakes"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_of_the_menu_is_filled_by_the_demo()
    {
        var page = await OpenedAsync(Welcome());
        var empty = new List<string>();

        var menu = await AddressesAsync(page, "nav.menu a");
        foreach (var address in menu)
        {
            await LookAsync(page, address, empty);
            foreach (var tab in (await AddressesAsync(page, ".tabs a")).Except(menu))
            {
                await LookAsync(page, tab, empty);
            }
        }

        Assert.Contains("/responses", menu);
        Assert.True(empty.Count == 0, string.Join(Environment.NewLine, empty));
    }

    [Fact]
    public async Task The_wipe_that_waits_is_approved_by_the_other_person_and_the_UEM_has_the_device_no_more()
    {
        var demo = running.Demo;
        using var http = new HttpClient { BaseAddress = new Uri(demo.Variable("PICKET_SERVER")) };
        var picket = new PicketClient(http, demo.Variable("PICKET_TOKEN"));
        var waiting = (await picket.ApprovalsAsync(Cancellation)).Items;
        Assert.Equal([ApprovalKind.EnterpriseWipe, ApprovalKind.TagRun], waiting.Select(item => item.Kind).Order());

        var page = await OpenedAsync(Approver());
        await page.Locator("#code").FillAsync(Approver().Match(demo.Error).Groups["recovery"].Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.OpenAsync("/approvals");
        await Assertions.Expect(page.GetByText("Version 2 of the policy is new")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve the wipe", Exact = true }).ClickAsync();
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Approve the wipe" }).ClickAsync();

        var wipe = waiting.Single(item => item.Kind == ApprovalKind.EnterpriseWipe).Id;
        await page.OpenAsync($"/commands/{wipe}");
        await Assertions.Expect(page.GetByText("happened").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var command = await picket.CommandAsync(wipe, Cancellation);
        Assert.Equal("Unenrolled", await EnrollmentInTheUemAsync(demo, command.UemId));
    }

    /// <summary>As the UEM's own API has it.</summary>
    private static async Task<string?> EnrollmentInTheUemAsync(DemoRun demo, long device)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(demo.Variable("UEM_CA"));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        using var uem = new HttpClient(handler);
        var account = $"{demo.Variable("UEM_ACCOUNT")}:{demo.Variable("PICKET_UEM_PASSWORD")}";
        uem.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(account)));
        uem.DefaultRequestHeaders.Add("aw-tenant-code", demo.Variable("PICKET_UEM_API_KEY"));
        uem.DefaultRequestHeaders.Add("Accept", "application/json;version=1");
        var found = await uem.GetFromJsonAsync<JsonNode>(
            $"{demo.Variable("UEM_ADDRESS").TrimEnd('/')}/mdm/devices/{device}",
            Cancellation
        );
        return found?["EnrollmentStatus"]?.GetValue<string>();
    }

    /// <summary>Signed in with name and password, as the demo has printed them.</summary>
    private async Task<IPage> OpenedAsync(Regex person)
    {
        var found = person.Match(running.Demo.Error);
        Assert.True(found.Success, running.Demo.Error);
        var page = await browser.OpenAsync(new Uri(running.Demo.Variable("PICKET_SERVER")));
        return await page.SignedInAsync(found.Groups["name"].Value, found.Groups["password"].Value);
    }

    private static async Task LookAsync(IPage page, string address, List<string> empty)
    {
        await page.OpenAsync(address);
        await page.Locator("main h1").WaitForAsync();
        await Assertions.Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
        if (ByPeople.Contains(address))
        {
            return;
        }

        if (await page.Locator("main .empty").CountAsync() > 0)
        {
            empty.Add($"{address}: {await page.Locator("main .empty").First.InnerTextAsync()}");
        }
        else if (await page.Locator(Content(address)).CountAsync() == 0)
        {
            empty.Add($"{address}: nothing fits {Content(address)}");
        }
    }

    /// <summary>Rows of the page's own list, or the figures that stand in place of one.</summary>
    private static string Content(string address) =>
        address switch
        {
            "/" => ".levels strong:not(:text-is('0'))",
            "/app-groups" => "main section.card h3",
            "/integrations" => "main .integration dd",
            "/responses" => "main .list tbody tr",
            "/findings/kinds" => "main section.card",
            "/policy" => "#exceptions + .scroll tbody tr",
            "/what-if" => "main textarea",
            _ => "main .table tbody tr, main .scroll tbody tr",
        };

    private static async Task<IReadOnlyList<string>> AddressesAsync(IPage page, string links) =>
        await page.Locator(links).EvaluateAllAsync<string[]>("links => links.map(each => each.getAttribute('href'))");

    [GeneratedRegex(@"Console\s+http\S+\s+Name\s+(?<name>\S+)\s+Password\s+(?<password>\S+)")]
    private static partial Regex Welcome();

    [GeneratedRegex(
        @"Who can approve\s+(?<name>\S+)\s+Password\s+(?<password>\S+)[\s\S]*?Or, once each\s+(?<recovery>\S+)"
    )]
    private static partial Regex Approver();

    /// <summary>One demo for all of these tests.</summary>
    public sealed class RunningDemo : IAsyncLifetime
    {
        internal DemoRun Demo { get; } = DemoRun.Start("--devices", "300", "--port", "0");

        public async ValueTask InitializeAsync() =>
            await Demo.UntilAsync("Ctrl-C ends both programs", TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            Demo.Signal("TERM");
            await Demo.EndAsync(TestContext.Current.CancellationToken);
            await Demo.DisposeAsync();
        }
    }
}
