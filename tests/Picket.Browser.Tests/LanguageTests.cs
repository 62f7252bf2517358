using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Server.Console;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>The console in the browser's language; here the one in which each text that can be translated has brackets.</summary>
[Collection(QuietSite.Name)]
public sealed partial class LanguageTests(Site site)
{
    [Fact]
    public async Task The_console_keeps_the_browsers_language_when_a_page_becomes_interactive()
    {
        var page = await site.Browser.OpenAsync(site.Picket.Http.BaseAddress!, language: Texts.Pseudo);
        await SignInAsync(page);
        await ExpectMenuAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(Bracketed());
        await Assertions.Expect(page.Locator("#verdicts .term")).ToHaveTextAsync("⟦Verdicts⟧");
        await Assertions
            .Expect(page.Locator("html"))
            .ToHaveAttributeAsync("lang", new Regex(Texts.Pseudo, RegexOptions.IgnoreCase));

        await page.OpenAsync("/devices");
        await ExpectMenuAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("⟦Devices⟧");

        await page.Locator(".chip", new() { HasText = "⟦Critical⟧" }).ClickAsync();
        await page.WaitForURLAsync("**/devices?level=Critical");
        await Assertions.Expect(page.Locator(".chip[aria-current='true']")).ToContainTextAsync("⟦Critical⟧");
        await Assertions.Expect(page.Locator("tbody .level:not(.level-critical)")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("tbody .level").First).ToHaveTextAsync("⟦Critical⟧");

        await page.GetByPlaceholder("⟦Name, serial number or user⟧").FillAsync("nobody-has-this-name");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("⟦No device matches⟧");
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("⟦Name or mail address⟧").FillAsync(PicketApplication.Owner.Name);
        await page.GetByLabel("⟦Password⟧").FillAsync(PicketApplication.Owner.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "⟦Sign in⟧" }).ClickAsync();
        await page.Locator(".shell[data-interactive]").WaitForAsync();
    }

    private static async Task ExpectMenuAsync(IPage page)
    {
        var entries = await page.Locator("#menu a").AllTextContentsAsync();
        Assert.Contains("⟦Overview⟧", entries);
        Assert.All(entries, entry => Assert.Matches(Bracketed(), entry));
    }

    [GeneratedRegex("^⟦.*⟧$")]
    private static partial Regex Bracketed();
}
