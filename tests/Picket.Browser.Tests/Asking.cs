using Microsoft.Playwright;

namespace Picket.Browser.Tests;

internal static class Asking
{
    /// <summary>
    /// Says yes to the question that a button asks. Both bear the same label, so a second click by it may come before the
    /// question.
    /// </summary>
    public static Task SayYesAsync(this IPage page) => page.Locator(".asking .button").First.ClickAsync();
}
