using Microsoft.Playwright;
using OtpNet;
using Picket.Api;
using Picket.Server.People;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>The pages before anybody is signed in, from the first owner's link to a lost password.</summary>
public sealed class DoorPagesTests(Browser browser) : IClassFixture<Browser>
{
    private const string Password = "a walrus on a bicycle";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_before_the_sign_in_fits_and_is_accessible()
    {
        await using var picket = await PicketApplication.StartAsync(new() { Owned = false });
        var page = await browser.OpenAsync(picket.Http.BaseAddress!);
        var walk = await PageWalk.OfAsync(page, picket.Http.BaseAddress!);

        // Nobody owns the server; then somebody takes it.
        await page.GotoAsync("/sign-in");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nobody owns this server yet");
        await walk.LookAsync("sign-in-nobody");
        var first = await picket.Service<FirstOwnerLink>().IssueAsync(Cancellation);
        await page.GotoAsync($"/first-owner#{first!.Value.Code}");
        await walk.LookAsync("first-owner");
        await JoinAsync(page, "Ada");
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Ada");
        await SignOutAsync(page);

        // A sign-in that is refused.
        await page.GotoAsync("/sign-in");
        await walk.LookAsync("sign-in");
        await SignInAsync(page, "Ada", "not her password");
        await Assertions.Expect(page.Locator("#refused")).ToBeVisibleAsync();
        await walk.LookAsync("sign-in-refused");

        // A colleague is invited; the link is good once.
        using var http = picket.NewHttp(await TokenAsync(picket, "Ada"));
        var ada = new PicketClient(http);
        var invitation = await ada.InviteAsync(new(PersonRole.Analyst), Cancellation);
        await page.GotoAsync(invitation.Path);
        await walk.LookAsync("invitation");
        await JoinAsync(page, "Grace");
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync("Grace");
        await SignOutAsync(page);
        await page.GotoAsync(invitation.Path);
        await JoinAsync(page, "Somebody else");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unknown, used or expired");
        await walk.LookAsync("invitation-used");

        // She has a second factor, and does not know its code.
        await AddSecondFactorAsync(picket, "Grace");
        await page.GotoAsync("/sign-in");
        await SignInAsync(page, "Grace", Password);
        await page.GetByLabel("Code of your authenticator app").WaitForAsync();
        await walk.LookAsync("second-factor");
        await page.GetByLabel("Code of your authenticator app").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#refused")).ToBeVisibleAsync();
        await walk.LookAsync("second-factor-refused");

        // The password is lost, too.
        var grace = (await ada.People().ToListAsync(Cancellation)).Single(person => person.Name == "Grace");
        await page.GotoAsync((await ada.PasswordLinkAsync(grace.Id, Cancellation)).Path);
        await walk.LookAsync("new-password");
        await page.GetByLabel("New password").FillAsync("another walrus on a bicycle");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your password is set");
        await walk.LookAsync("sign-in-changed");

        walk.FoundNothing();
    }

    private static async Task JoinAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Mail address").FillAsync($"{name.Replace(' ', '.')}@example.com");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".shell[data-interactive]").WaitForAsync(); // Blazor may lose a click while it takes the page over.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name or mail address").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private static async Task<string> TokenAsync(PicketApplication picket, string name)
    {
        using var nobody = picket.NewHttp();
        return (await new PicketClient(nobody).SignInAsync(new(name, Password), Cancellation)).Token.Secret;
    }

    private static async Task AddSecondFactorAsync(PicketApplication picket, string name)
    {
        using var http = picket.NewHttp(await TokenAsync(picket, name));
        var client = new PicketClient(http);
        var app = await client.NewSecondFactorAsync(Cancellation);
        var code = new Totp(Base32Encoding.ToBytes(app.Secret)).ComputeTotp(
            TimeProvider.System.GetUtcNow().UtcDateTime
        );
        await client.ConfirmSecondFactorAsync(new(code), Cancellation);
    }
}
