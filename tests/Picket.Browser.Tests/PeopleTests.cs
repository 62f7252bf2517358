using Microsoft.Playwright;
using OtpNet;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>People in the console: inviting, joining, a second factor, roles, shutting out.</summary>
public sealed class PeopleTests(Browser browser) : IClassFixture<Browser>
{
    private const string Password = "a walrus on a bicycle";

    [Fact]
    public async Task A_colleague_is_invited_joins_adds_a_second_factor_and_is_shut_out()
    {
        await using var picket = await PicketApplication.StartAsync();
        var owner = await SignedInAsync(picket, PicketApplication.Owner.Name, PicketApplication.Owner.Password);

        // The owner invites.
        await owner.OpenAsync("/people");
        await owner.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Auditor");
        await owner.GetByLabel("For whom").FillAsync("Grace of the desk");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make an invitation" }).ClickAsync();
        var link = await owner.Locator(".once code").TextContentAsync();
        await Assertions.Expect(owner.Locator("main")).ToContainTextAsync("Grace of the desk");
        await owner.IsFitToShowAsync();

        // The colleague joins: the code is in the form, and out of the address.
        var grace = await browser.OpenAsync(picket.Http.BaseAddress!);
        await grace.GotoAsync(link!);
        await grace.GetByLabel("Name").FillAsync("Grace");
        await grace.GetByLabel("Mail address").FillAsync("grace@example.com");
        await grace.GetByLabel("Password").FillAsync(Password);
        Assert.DoesNotContain("#", grace.Url);
        await grace.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(grace.Locator(".who")).ToHaveTextAsync("Grace");

        // She adds a second factor; from then on the password alone is not enough.
        await grace.OpenAsync("/account");
        await grace.GetByRole(AriaRole.Button, new() { Name = "Add a second factor" }).ClickAsync();
        await Assertions.Expect(grace.Locator(".qr")).ToBeVisibleAsync();
        await grace.IsFitToShowAsync();
        var secret = await grace.Locator(".beside code").TextContentAsync();
        await grace.GetByLabel("The code that it shows").FillAsync(Code(secret!));
        await grace.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        await Assertions.Expect(grace.Locator(".codes li")).ToHaveCountAsync(10);
        await grace.IsFitToShowAsync();
        var recovery = await grace.Locator(".codes li").First.TextContentAsync();
        var again = await SignedInAsync(picket, "Grace", Password);
        await Assertions.Expect(again.Locator("main")).ToContainTextAsync("Your account has a second factor");
        await again.IsFitToShowAsync();
        await again.GetByLabel("Code of your authenticator app").FillAsync(recovery!);
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(again.Locator(".who")).ToHaveTextAsync("Grace");

        // An auditor sees people and is offered no change of them.
        await again.OpenAsync("/people");
        await Assertions.Expect(again.Locator("td", new() { HasText = "Auditor" })).ToBeVisibleAsync();
        await Assertions.Expect(again.GetByText("Invite somebody")).ToHaveCountAsync(0);

        // The owner gives another role, and shuts her out.
        await owner.OpenAsync("/people");
        await owner.GetByRole(AriaRole.Link, new() { Name = "Grace" }).ClickAsync();
        await Assertions.Expect(owner.Locator("h1")).ToHaveTextAsync("Grace"); // The page before has a role to choose, too.
        await owner.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Approver");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Give the role" }).ClickAsync();
        await Assertions.Expect(owner.Locator("td", new() { HasText = "Approver" })).ToBeVisibleAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Shut out" }).ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Shut Grace out" }).ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Let in again" })).ToBeVisibleAsync();
        await grace.GotoAsync("/devices");
        await Assertions.Expect(grace.GetByLabel("Name or mail address")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_is_shown_once_and_revoked()
    {
        await using var picket = await PicketApplication.StartAsync();
        var page = await SignedInAsync(picket, PicketApplication.Owner.Name, PicketApplication.Owner.Password);

        await page.OpenAsync("/tokens");
        await page.GetByLabel("What it is for").FillAsync("dashboard");
        await page.GetByLabel("Acts as").SelectOptionAsync("a service");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var secret = await page.Locator(".once > p > code").First.TextContentAsync();
        await page.IsFitToShowAsync();
        using var service = picket.NewHttp(secret);
        var me = await new Picket.Api.PicketClient(service).MeAsync(TestContext.Current.CancellationToken);
        await page.OpenAsync("/tokens");

        Assert.Equal(("dashboard", (Guid?)null), (me.Name, me.PersonId));
        await Assertions.Expect(page.Locator(".once")).ToHaveCountAsync(0);
        var row = page.Locator("tr", new() { HasText = "dashboard" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("revoked");
        using var refused = await service.GetAsync(
            new Uri("/api/v1/me", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private async Task<IPage> SignedInAsync(PicketApplication picket, string name, string password) =>
        await (await browser.OpenAsync(picket.Http.BaseAddress!)).SignedInAsync(name, password);

    private static string Code(string secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
}
