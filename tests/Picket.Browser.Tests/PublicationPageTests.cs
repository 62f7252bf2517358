using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Apps;

namespace Picket.Browser.Tests;

/// <summary>Publishing is switched on; an app is drafted, previewed, started, watched on its way and taken back.</summary>
public sealed class PublicationPageTests(Site site) : IClassFixture<Site>
{
    private const string Bundle = "com.example.guard";
    private const string Canary = "Canary devices";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_is_drafted_previewed_started_followed_and_taken_back()
    {
        var canary = await PrepareAsync();
        var page = await site.SignedInAsync();
        await page.OpenAsync("/publications");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch publishing on" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Publishing is on.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Publish an app" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Publish an app");
        var guard = page.GetByLabel("App", new() { Exact = true }).Locator("option", new() { HasText = "Guard" });
        await page.GetByLabel("App", new() { Exact = true })
            .SelectOptionAsync((await guard.GetAttributeAsync("value"))!);
        await page.GetByLabel("Name of the publication").FillAsync("Guard for everybody");
        await page.GetByLabel("Smart group of ring 1").FillAsync(Canary);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a key" }).ClickAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("SharedSecret");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("hunter2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();
        await Assertions.Expect(page.Locator(".mistake").First).ToContainTextAsync("has no smart group ''");
        await page.GetByLabel("Smart group of ring 2").FillAsync("All Android");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();
        await Assertions.Expect(page.Locator(".mistake").First).ToContainTextAsync("looks like a secret");
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("publish-mistake"), FullPage = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the configuration" }).ClickAsync();
        await Assertions.Expect(page.Locator(".key .mistake")).ToContainTextAsync("looks like a secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take out SharedSecret" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add Picket's keys" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the configuration" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing is wrong with it.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the draft" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Guard for everybody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Picket: Guard for everybody Canary")).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("publication-preview"), FullPage = true });

        site.Picket.Emulator.FailInstalls(new InstallFailures(Bundle, 0, [canary[0]], "No space left on the device"));
        var start = page.GetByRole(AriaRole.Button, new() { Name = "Start with Canary" });
        await start.ClickAsync();
        await page.SayYesAsync();
        await Assertions
            .Expect(page.Locator(".ring").First)
            .ToContainTextAsync($"{canary.Count} assigned", new() { Timeout = 20_000 });
        site.Picket.Emulator.Clock.Step(TimeSpan.FromDays(1));
        await Assertions
            .Expect(page.Locator(".ring").First)
            .ToContainTextAsync($"{canary.Count - 1} installed", new() { Timeout = 20_000 });
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("publication-running"), FullPage = true });

        await page.Locator(".kinds").GetByRole(AriaRole.Link, new() { Name = "Failed: 1" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("No space left on the device");

        var failed = page.Locator(".kinds li", new() { HasText = "The installation failed." });
        await failed.Locator("summary").ClickAsync();
        await failed.GetByLabel("What it says").FillAsync("Please make room on your phone.");
        await page.ScreenshotAsync(new() { Path = Pictures.Of("publication-nudge"), FullPage = true });
        var send = failed.GetByRole(AriaRole.Button, new() { Name = "Send it to 1 device" });
        await send.ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Messages to people");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sent: 1" })).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("nudge"), FullPage = true });
        await page.GetByRole(AriaRole.Link, new() { Name = "‹ Publication" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "What it wrote into the UEM" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Publish an app" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the publication that wanted it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Guard for everybody");

        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Take it back" });
        await undo.ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(page.Locator("p.sub")).ToContainTextAsync("Taken back", new() { Timeout = 20_000 });
        await page.ScreenshotAsync(new() { Path = Pictures.Of("publication-undone", width: 1280), FullPage = true });
    }

    /// <summary>An app in the catalogue, and a smart group of ten devices that the inventory knows.</summary>
    private async Task<IReadOnlyList<int>> PrepareAsync()
    {
        var uem = site.Picket.Emulator;
        uem.Access.Account(uem.Credentials.Account).Role = uem.Access.Role("Console Administrator");
        var console = (await site.Picket.Service<UemConnections>().OpenAsync(site.Integration.Id, Cancellation)).Client;
        var group = uem.OrganizationGroup.Id;
        await console.Apps.AddPublicAsync(
            new NewPublicApp("Guard", 5) { BundleId = Bundle, OrganizationGroupId = group },
            Cancellation
        );
        var android = (await console.SmartGroups.Search(name: "All Android").ReadAllAsync(Cancellation)).Items[0];
        var devices = await console.SmartGroups.DevicesAsync(android.Id, Cancellation);
        var enrolled = uem.Fleet.All.Where(each => each.IsEnrolled).Select(each => each.Id).ToHashSet();
        int[] canary = [.. devices.Select(each => each.Id).Where(enrolled.Contains).Take(10)];
        await console.SmartGroups.CreateAsync(Canary, group, canary, Cancellation);
        await site.RunAsync();
        return canary;
    }
}
