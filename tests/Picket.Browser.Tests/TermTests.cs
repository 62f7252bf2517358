using System.Reflection;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Console;

namespace Picket.Browser.Tests;

/// <summary>Picket's own words say what they mean, on the page where they are met first.</summary>
[Collection(QuietSite.Name)]
public sealed class TermTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_term_tells_its_meaning_where_it_is_met()
    {
        var page = await site.SignedInAsync();
        var told = new List<string>();
        foreach (var (path, terms) in await PagesAsync())
        {
            await page.OpenAsync(path);
            foreach (var term in terms)
            {
                var word = page.Locator($"[popovertarget=term-{term}]");
                var meaning = page.Locator($"#term-{term}");
                await Assertions.Expect(meaning).ToBeHiddenAsync();
                await word.PressAsync("Enter");
                await Assertions.Expect(meaning).ToBeVisibleAsync();
                await Assertions.Expect(meaning).ToHaveTextAsync(Terms.Meaning(term));
                await page.Keyboard.PressAsync("Escape");
                await Assertions.Expect(meaning).ToBeHiddenAsync();
                told.Add(term);
            }
        }

        Assert.Equal(All.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> All =>
        typeof(Terms)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(each => each.IsLiteral)
            .Select(each => (string)each.GetRawConstantValue()!);

    private async Task<IReadOnlyList<(string Path, string[] Terms)>> PagesAsync()
    {
        var client = site.Picket.Client;
        var risky = (await client.Devices(new() { Level = Level.Critical }).PageAsync(Cancellation)).Items[0];
        var feeds = (await client.Feeds().PageAsync(Cancellation)).Items;
        var listing = feeds.First(feed => feed.Version.Counts.GetValueOrDefault("indicators") > 0);
        return
        [
            ("/", [Terms.Verdict, Terms.Feed]),
            ($"/devices/{risky.Id}", [Terms.Finding]),
            ("/findings", [Terms.Evidence]),
            ($"/intelligence/{listing.Id}", [Terms.Indicator]),
            ("/integrations", [Terms.OrganizationGroup]),
            ("/sync", [Terms.Inventory]),
            ("/responses", [Terms.Response, Terms.Ledger, Terms.Brake]),
        ];
    }
}
