using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>
/// Axe in the page itself. The library's own way opens a second page for each look, for the sake of frames, of which
/// there are none here, and takes more than twice as long. The size of targets belongs to WCAG 2.2, and axe looks at it
/// only when told to.
/// </summary>
internal static class Accessibility
{
    private const string Run = """
        async () => {
          // What fades in has not its colours yet. Animations that follow the scrolling never end.
          const fading = document.getAnimations().filter(each => each.timeline === document.timeline && each.effect.getComputedTiming().endTime < 5000);
          await Promise.allSettled(fading.map(each => each.finished));
          const found = await axe.run({ rules: { "target-size": { enabled: true } } });
          return found.violations.map(each => `${each.id} ${each.nodes[0].html}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <returns>Each rule that is broken, with the first place.</returns>
    public static async Task<string[]> FaultsAsync(this IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
