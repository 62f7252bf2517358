using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>Sources are followed and versions decided where people look at feeds.</summary>
[Collection(QuietSite.Name)]
public sealed class FeedSourcePageTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_is_followed_in_the_console_and_what_changes_too_much_is_decided_there()
    {
        var name = $"followed-{Guid.NewGuid():N}"[..20];
        await WriteAsync(name, entries: 60);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/intelligence");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.GetByText("Follow an address or a folder").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).Last.FillAsync(name);
        await page.GetByLabel("Address or path").FillAsync($"../{name}");
        await page.GetByLabel("Address or path").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByText("Give a path below the server's folder of feeds")).ToBeVisibleAsync();

        await page.GetByLabel("Address or path").FillAsync(name);
        await page.GetByLabel("Address or path").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true }).Last.ClickAsync();
        var row = page.Locator("section", new() { Has = page.Locator("#sources") })
            .Locator("tr", new() { HasText = name });
        await Assertions.Expect(row).ToBeVisibleAsync();
        var feed = await FeedAsync(name);

        await WriteAsync(name, entries: 10);
        await row.GetByRole(AriaRole.Button, new() { Name = "Look now" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("brought a version that waits");
        await page.OpenAsync("/");
        await Assertions.Expect(page.GetByText($"{name}: a new version waits for your decision.")).ToBeVisibleAsync();

        await page.OpenAsync($"/intelligence/{feed.Id}");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.IsFitToShowAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "50 removed", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Removed by")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).ClickAsync();
        await Assertions.Expect(page.GetByText("A new version waits for your decision")).ToHaveCountAsync(0);
        Assert.Equal(50, (await site.Picket.Client.FeedAsync(feed.Id, Cancellation)).Version.Removed);

        await page.GetByRole(AriaRole.Button, new() { Name = "Follow it no more" }).First.ClickAsync();
        await page.Locator(".asking")
            .GetByRole(AriaRole.Button, new() { Name = "Follow it no more", Exact = true })
            .ClickAsync();
        await Assertions.Expect(page.Locator("#source")).ToHaveCountAsync(0);
        await site.Picket.Client.RemoveFeedAsync(feed.Id, Cancellation);
    }

    [Fact]
    public async Task Public_sources_are_told_with_their_licence()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/intelligence");
        await page.Locator(".shell[data-interactive]").WaitForAsync();

        await page.GetByText("Public sources", new() { Exact = true }).ClickAsync();

        var row = page.Locator("tr", new() { HasText = "Stalkerware indicators" }).First;
        await Assertions.Expect(row).ToContainTextAsync("CC-BY-4.0");
        await Assertions.Expect(row).ToContainTextAsync("Echap");
        await Assertions
            .Expect(row.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true }))
            .ToBeVisibleAsync();
        await page.IsFitToShowAsync();
    }

    private async Task<FeedView> FeedAsync(string name)
    {
        while (true)
        {
            var feeds = await site.Picket.Client.Feeds().ToListAsync(Cancellation);
            if (feeds.SingleOrDefault(feed => feed.Name == name) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private async Task WriteAsync(string name, int entries)
    {
        var text = new StringBuilder("- name: Example Tracker\n  type: stalkerware\n  packages:\n");
        for (var entry = 1; entry <= entries; entry++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - com.example.{name.Replace('-', '.')}.a{entry}\n");
        }

        var folder = Directory.CreateDirectory(Path.Combine(site.FeedFolder, name));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "list.yaml"), text.ToString(), Cancellation);
    }
}
