using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>The ways to look at one thing are one press apart, in the open page.</summary>
[Collection(QuietSite.Name)]
public sealed class TabsTests(Site site)
{
    [Fact]
    public async Task Each_way_to_look_at_findings_shows_what_it_says()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/findings");
        (string Tab, string Column)[] ways =
        [
            ("By app", "App"),
            ("By CVE", "Exploited vulnerability"),
            ("By organization group", "Organization group"),
            ("By rule", "Rule"),
        ];

        foreach (var (tab, column) in ways)
        {
            await page.Locator(".tabs").GetByText(tab, new() { Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator(".tabs [aria-current=page]")).ToHaveTextAsync(tab);
            await Assertions.Expect(page.Locator("thead th").First).ToHaveTextAsync(column);
            await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        }
    }
}
