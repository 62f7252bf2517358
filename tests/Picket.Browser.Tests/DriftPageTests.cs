using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Somebody renames a tag of Picket's in the UEM; a person decides in the console.</summary>
public sealed class DriftPageTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renamed_tag_is_told_and_gets_its_name_back_by_a_button()
    {
        var (client, tags) = (site.Picket.Client, site.Picket.Emulator.Tags);
        var preview = await client.PreviewTagsAsync(site.Integration.Id, Cancellation);
        await EndAsync(await client.AcceptTagsAsync(site.Integration.Id, preview.Id, Cancellation));
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
