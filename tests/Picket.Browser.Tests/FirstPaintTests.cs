using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>What the server prerenders is what stays: the circuit takes it over and does not read it again.</summary>
[Collection(QuietSite.Name)]
public sealed class FirstPaintTests(Site site)
{
    // Notes what a person would see flash: a skeleton, or a heading or rows that were there and go.
    private const string Watch = """
        window.flashes = [];
        let most = 0;
        new MutationObserver(() => {
          const now = document.querySelectorAll("main h1, main tbody tr").length;
          if (document.querySelector(".skeleton")) window.flashes.push("skeleton");
          if (now < most) window.flashes.push(`${now} of ${most}`);
          most = Math.max(most, now);
        }).observe(document, { childList: true, subtree: true });
        """;

    [Fact]
    public async Task The_list_of_devices_has_its_rows_before_any_script_runs()
    {
        var page = await site.SignedInAsync(script: false);
        await page.GotoAsync("/devices");

        Assert.Equal(50, await page.Locator("tbody tr").CountAsync());
        Assert.Equal(0, await page.Locator(".skeleton").CountAsync());
    }

    [Theory]
    [InlineData("/devices?level=Critical", "tbody tr:first-child td > a[href^='/devices/']:not([href*='#'])")]
    [InlineData("/devices/{0}", "h1")]
    public async Task A_page_does_not_flash_when_it_becomes_interactive(string address, string name)
    {
        var (device, before) = await FirstCriticalAsync();
        var page = await site.SignedInAsync();
        await page.AddInitScriptAsync(Watch);
        var (shown, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(
            "**/blazor.web*.js",
            async script =>
            {
                shown.SetResult();
                await goOn.Task;
                await script.ContinueAsync();
            }
        );

        // A database answers too fast for a person, or a test, to be sure of a flash. A new name tells a second reading.
        var opening = page.GotoAsync(string.Format(null, address, device));
        await shown.Task;
        await RenameAsync(device, "Renamed meanwhile");
        try
        {
            goOn.SetResult();
            await opening;
            await page.Locator(".shell[data-interactive]").WaitForAsync();

            Assert.Equal(before, await page.Locator(name).InnerTextAsync());
            Assert.Empty(await page.EvaluateAsync<string[]>("window.flashes"));
        }
        finally
        {
            await RenameAsync(device, before);
        }
    }

    [Fact]
    public async Task Filters_ask_anew_after_the_first_list_was_taken_over()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/devices?level=High");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Secure( [0-9]+)?$") }).ClickAsync();

        await Assertions.Expect(page.Locator("tbody .level-secure").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody .level-high")).ToHaveCountAsync(0);
    }

    private async Task<(Guid Id, string Name)> FirstCriticalAsync()
    {
        var filter = new Api.DeviceFilter { Level = Api.Level.Critical, Limit = 1 };
        await foreach (var device in site.Picket.Client.Devices(filter))
        {
            return (device.Id, device.FriendlyName);
        }

        throw new InvalidOperationException("The fleet has no critical device.");
    }

    private async Task RenameAsync(Guid device, string name)
    {
        await using var db = site.Picket.OpenDatabase();
        await db
            .Devices.Where(row => row.Id == device)
            .ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.FriendlyName, name),
                TestContext.Current.CancellationToken
            );
    }
}
