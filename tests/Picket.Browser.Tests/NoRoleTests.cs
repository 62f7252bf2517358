using Microsoft.Playwright;
using Picket.Core.Identity;
using Picket.Server.Tests;
using Picket.Server.Tests.People;

namespace Picket.Browser.Tests;

/// <summary>Somebody who is known here and may do nothing yet, or nothing any more.</summary>
public sealed class NoRoleTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Somebody_without_a_role_learns_whom_to_ask_and_keeps_the_own_account_in_order()
    {
        await using var picket = await PicketApplication.StartAsync();
        await picket.NewPersonAsync("ada", Role.Owner);
        using var newcomer = await Colleague.JoinAsync(picket);
        var page = await browser.OpenAsync(picket.Http.BaseAddress!);

        await page.SignedInAsync(newcomer.Name, Colleague.Password);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You have no role here yet");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Ask one of them: ada, owner.");
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("no-role"), FullPage = true });

        await page.GetByRole(AriaRole.Link, new() { Name = "Your account" }).ClickAsync();
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.GetByLabel("Present password").FillAsync(Colleague.Password);
        await page.GetByLabel("New password").FillAsync("a walrus on a bicycle");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a second factor" }).ClickAsync();
        await Assertions.Expect(page.Locator(".qr")).ToBeVisibleAsync();
        await page.IsFitToShowAsync();

        // Also where the page before leads on.
        await page.GetByRole(AriaRole.Link, new() { Name = "Picket" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You have no role here yet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name or mail address")).ToBeVisibleAsync();
    }
}
