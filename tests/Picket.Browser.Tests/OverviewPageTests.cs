using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

[Collection(QuietSite.Name)]
public sealed class OverviewPageTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verdicts_over_time_are_drawn_and_told_as_a_table()
    {
        var page = await site.SignedInAsync();
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Verdicts day by day" }).Locator("tbody tr");
        var verdicts = (await site.Picket.Client.OverviewAsync(Cancellation)).Verdicts;

        await Assertions
            .Expect(page.GetByRole(AriaRole.Img, new() { Name = "Verdicts of 30 days" }))
            .ToBeVisibleAsync();
        await page.GetByText("The same as a table").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(30);
        await Assertions
            .Expect(rows.First.Locator("td").Nth(1))
            .ToHaveTextAsync(verdicts.Critical.ToString("N0", CultureInfo.InvariantCulture));

        await page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();

        await page.WaitForURLAsync("**/?days=90");
        await Assertions.Expect(rows).ToHaveCountAsync(61);
    }

    [Fact]
    public async Task What_needs_attention_leads_to_the_device_and_every_number_to_its_rows()
    {
        var first = (await site.Picket.Client.RiskiestDevicesAsync(Cancellation)).Items[0];
        var page = await site.SignedInAsync();
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        var attention = page.Locator("section", new() { Has = page.Locator("#attention") });

        await Assertions
            .Expect(attention.Locator("li a").First)
            .ToHaveAttributeAsync("href", $"/devices/{first.Device.Id}");
        await Assertions
            .Expect(page.Locator("section", new() { Has = page.Locator("#feeds") }))
            .ToContainTextAsync("kev");
        var number = page.Locator(".kinds a.num").First;
        var findings = await number.InnerTextAsync();
        await number.ClickAsync();

        await page.WaitForURLAsync("**/findings/all?kind=*");
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        if (int.Parse(findings, NumberStyles.Number, CultureInfo.InvariantCulture) is < 50 and var all)
        {
            await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(all);
        }
    }

    [Fact]
    public async Task Times_are_told_in_the_zone_of_whoever_looks()
    {
        var page = await site.SignedInAsync(zone: "Asia/Kolkata");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        var time = page.Locator("main time").First;
        await Assertions.Expect(time).ToHaveAttributeAsync("title", new Regex("UTC$"));

        await time.HoverAsync();

        await Assertions.Expect(time).ToHaveAttributeAsync("title", new Regex(@"GMT\+5:30$"));
    }
}
