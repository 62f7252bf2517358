using Microsoft.Playwright;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>A person at the sign-in page.</summary>
internal static class SigningIn
{
    /// <summary>Ends where the person is in.</summary>
    public static async Task<IPage> SignedInAsync(
        this IPage page,
        string name,
        string password,
        string address = "/sign-in"
    )
    {
        await page.GotoAsync(address);
        await page.GetByLabel("Name or mail address").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
    }

    /// <summary>Opens a page of the console, and waits until it is connected.</summary>
    public static async Task OpenAsync(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator(".shell[data-interactive]").WaitForAsync();
    }

    /// <summary>The owner, or somebody whom the test made: all have the owner's password.</summary>
    public static async Task<IPage> SignedInAsync(this Browser browser, PicketApplication picket, string name) =>
        await (await browser.OpenAsync(picket.Http.BaseAddress!)).SignedInAsync(name, PicketApplication.Owner.Password);
}
