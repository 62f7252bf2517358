using Microsoft.Playwright;
using Picket.Server.Tests;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests;

/// <summary>Law 6 by OpenID Connect in the console: asked by one person, confirmed by another.</summary>
public sealed class LinkByProviderTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Somebody_asks_by_the_provider_and_somebody_who_is_linked_confirms()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        var made = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var top = picket.Emulator.Groups.Customer.Index;
        picket.Emulator.Access.AddAccount("grace", "not told", SeededRoles.ConsoleAdministrator, top);
        await picket.NewPersonAsync("grace");
        var grace = await browser.SignedInAsync(picket, "grace");

        // She is bound to nobody at the provider yet, and is told where that is done.
        await grace.OpenAsync($"/integrations/{made.Id}");
        await grace.GetByText("Link my UEM account").First.ClickAsync();
        await grace.GetByText("First bind your account here to Acme ID.").ClickAsync();
        await grace.GetByRole(AriaRole.Link, new() { Name = "Link my account" }).ClickAsync();
        await grace.WaitForURLAsync("**/account?provider=linked");

        await grace.OpenAsync($"/integrations/{made.Id}");
        await grace.GetByText("Link my UEM account").First.ClickAsync();
        await grace.IsFitToShowAsync();
        await grace.ScreenshotAsync(new() { Path = Pictures.Of("link-by-provider"), FullPage = true });
        await grace.GetByText("Ask to be linked by Acme ID").ClickAsync();
        await Assertions.Expect(grace.GetByText("You asked to be linked.")).ToBeVisibleAsync();
        await Assertions.Expect(Panel(grace).GetByText("Take it back")).ToBeVisibleAsync();
        await Assertions.Expect(Panel(grace).GetByText("Confirm the link")).ToHaveCountAsync(0);

        // The owner finds it among what waits, and confirms.
        var owner = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await Assertions
            .Expect(owner.Locator(".waiting"))
            .ToContainTextAsync("Northwind: 1 person asks to be linked to their UEM account.");
        await owner.Locator(".waiting").GetByText("Decide").ClickAsync();
        await Assertions.Expect(Panel(owner)).ToContainTextAsync("grace asks to be linked to grace.");
        await owner.IsFitToShowAsync();
        await owner.ScreenshotAsync(new() { Path = Pictures.Of("link-to-confirm"), FullPage = true });
        await Panel(owner).GetByRole(AriaRole.Button, new() { Name = "Confirm the link" }).ClickAsync();
        await Assertions.Expect(Panel(owner).Locator("tr", new() { HasText = "by Acme ID" })).ToContainTextAsync("yes");

        // Her open page offers the settings by itself.
        await Assertions
            .Expect(Panel(grace))
            .ToContainTextAsync("You may. You are linked to grace.", new() { Timeout = 30_000 });
    }

    private static ILocator Panel(IPage page) => page.Locator("section", new() { HasText = "Who may change it" });
}
