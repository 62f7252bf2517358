using Microsoft.Playwright;

namespace Picket.Browser.Tests;

internal static class Showing
{
    /// <summary>No rule of axe is broken, and nothing is wider than the screen.</summary>
    public static async Task IsFitToShowAsync(this IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.Locator(".card.table[aria-busy='true']")).ToHaveCountAsync(0);
        Assert.Empty(await page.FaultsAsync());
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(overflow <= 0, $"The page is {overflow} pixels wider than the screen.");
    }
}
