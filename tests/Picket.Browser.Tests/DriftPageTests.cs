using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests.Drift;

namespace Picket.Browser.Tests;

/// <summary>Somebody renames a tag of Picket's in the UEM; a person decides in the console.</summary>
public sealed class DriftPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renamed_tag_is_told_and_gets_its_name_back_by_a_button()
    {
        var (client, tags) = (site.Picket.Client, site.Picket.Emulator.Tags);
        await SwitchOnAsync();
        var tag = tags.All.Single(tag => tag.Name == "Picket: Secure");
        tags.Rename(tag, "Cleared <b>by hand</b>");
        await EndAsync(await client.RunTagsAsync(site.Integration.Id, Cancellation));

        var page = await site.SignedInAsync();
        await page.OpenAsync("/responses");
        var panel = page.Locator("#changed");
        await Assertions.Expect(panel).ToContainTextAsync("Cleared <b>by hand</b>");
        await Assertions.Expect(panel).ToContainTextAsync("waits for a word");
        await page.IsFitToShowAsync();
        await page.SetViewportSizeAsync(390, 844);
        await page.IsFitToShowAsync();
        await page.SetViewportSizeAsync(1280, 900);

        await panel.GetByRole(AriaRole.Link, new() { Name = "Picket: Secure" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("renamed");
        await page.IsFitToShowAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give it its name back", Exact = true }).ClickAsync();
        await page.Locator(".asking")
            .GetByRole(AriaRole.Button, new() { Name = "Give it its name back", Exact = true })
            .ClickAsync();

        await Assertions.Expect(page.GetByText("It is over.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal("Picket: Secure", tags.ById(tag.Id)!.Name);
        await page.OpenAsync("/responses");
        await Assertions.Expect(page.Locator("h2", new() { HasText = "Ledger" })).ToBeVisibleAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_smart_group_that_lost_a_tag_gets_it_back_by_a_button_and_a_compliance_policy_is_watched()
    {
        var (client, uem) = (site.Picket.Client, site.Picket.Emulator);
        uem.Access.Account(uem.Credentials.Account).Role = uem.Access.Role("Console Administrator");
        await SwitchOnAsync();
        using var admin = new AdministratorOfUem(uem);
        var tag = uem.Tags.All.Single(tag => tag.Name == "Picket: High");
        var group = await admin.MakeGroupAsync("Locked <i>out</i>", tag.Id);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/responses");
        var panel = page.Locator("section", new() { HasText = "What names these tags" }).Last;
        await panel.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        await Assertions.Expect(panel.GetByText("names it")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Choose compliance policies" }).ClickAsync();
        await IsFitAsync(page);
        await panel.GetByLabel("Disk encryption").CheckAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Watch these" }).ClickAsync();
        await Assertions.Expect(panel.Locator("li")).ToContainTextAsync("Disk encryption");

        await admin.ChooseTagsAsync(group);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        await Assertions
            .Expect(panel.GetByText("missed by the last look"))
            .ToBeVisibleAsync(new() { Timeout = 30_000 });
        await IsFitAsync(page);
        await page.SetViewportSizeAsync(390, 844);
        await IsFitAsync(page);
        await page.SetViewportSizeAsync(1280, 900);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        var changed = page.Locator("#changed");
        await Assertions.Expect(changed).ToContainTextAsync("Locked <i>out</i>", new() { Timeout = 30_000 });
        await IsFitAsync(page);

        const string Back = "Put it back into the smart group";
        await changed.GetByRole(AriaRole.Button, new() { Name = Back, Exact = true }).ClickAsync();
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = Back, Exact = true }).ClickAsync();
        await Assertions.Expect(changed).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Equal([tag.Id], await admin.TagsOfAsync(group));
    }

    /// <summary>From its top: what a header covers half counts as too small.</summary>
    private static async Task IsFitAsync(IPage page)
    {
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.IsFitToShowAsync();
    }

    private async Task SwitchOnAsync()
    {
        var client = site.Picket.Client;
        var preview = await client.PreviewTagsAsync(site.Integration.Id, Cancellation);
        await EndAsync(await client.AcceptTagsAsync(site.Integration.Id, preview.Id, Cancellation));
    }

    private async Task EndAsync(TagRunView run)
    {
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            run = await site.Picket.Client.TagRunAsync(run.Id, Cancellation);
        }

        Assert.Equal(RunState.Completed, run.State);
    }
}
