using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Cli.Tests.Demo;

namespace Picket.Browser.Tests;

/// <summary>The demo in a browser, as a stranger opens it: whatever the menu offers has something to show.</summary>
[Collection(DemoTurns.Name)]
public sealed partial class DemoPagesTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>What stands there is made by people, and says how until somebody does.</summary>
    private static readonly string[] ByPeople = ["/notices", "/brakes"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_of_the_menu_is_filled_by_the_demo()
    {
        await using var demo = DemoRun.Start("--devices", "300", "--port", "0");
        await demo.UntilAsync("Ctrl-C ends both programs", Cancellation);
        var welcome = Welcome().Match(demo.Error);
        Assert.True(welcome.Success, demo.Error);
        var page = await browser.OpenAsync(new Uri(welcome.Groups["console"].Value));
        await page.SignedInAsync(welcome.Groups["name"].Value, welcome.Groups["password"].Value);
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
        demo.Signal("TERM");
        await demo.EndAsync(Cancellation);
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

    [GeneratedRegex(@"Console\s+(?<console>http\S+)\s+Name\s+(?<name>\S+)\s+Password\s+(?<password>\S+)")]
    private static partial Regex Welcome();
}
