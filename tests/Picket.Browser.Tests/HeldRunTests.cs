using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>The UEM suddenly lists less than half of the fleet.</summary>
public sealed class HeldRunTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_held_run_tells_why_and_where_it_is_decided_and_then_what_became_of_it()
    {
        var lost = site.Picket.Emulator.Fleet.RemoveShare(0.6);
        var held = await site.RunAsync();
        Assert.Equal(RunState.Held, held.State);

        var page = await site.SignedInAsync();
        var panel = page.Locator(".integration", new() { HasText = "Northwind" });
        await Assertions
            .Expect(page.GetByRole(AriaRole.Alert).First)
            .ToContainTextAsync("a run waits for your decision", new() { Timeout = 20_000 }); // may follow a moment later
        await Assertions.Expect(panel).ToContainTextAsync($"The UEM no longer lists {lost} of 200 devices");
        await Assertions.Expect(panel).ToContainTextAsync("after the held run is decided");
        var decide = panel.GetByRole(AriaRole.Link, new() { Name = "Decide" });
        await Assertions.Expect(decide).ToHaveAttributeAsync("href", $"/sync/{held.Id}");
        await page.SetViewportSizeAsync(390, 844);
        await page.IsFitToShowAsync();

        // Which devices would go is a press away from the question.
        var looking = await site.SignedInAsync();
        await looking.OpenAsync($"/sync/{held.Id}");
        await looking.GetByRole(AriaRole.Link, new() { Name = $"See which {lost} devices would go" }).ClickAsync();
        await Assertions.Expect(looking.Locator("h1")).ToHaveTextAsync("Devices that the UEM does not list");
        await Assertions.Expect(looking.Locator("tbody tr")).ToHaveCountAsync(Math.Min(50, lost));
        await looking.CloseAsync();

        // The open page follows what is decided elsewhere.
        await site.Picket.Client.DiscardRunAsync(held.Id, TestContext.Current.CancellationToken);
        await Assertions
            .Expect(panel)
            .ToContainTextAsync($"the loss of {lost} devices was declined", new() { Timeout = 20_000 });
        await Assertions.Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Sync now" })).ToBeVisibleAsync();
        await Assertions.Expect(decide).ToHaveCountAsync(0);
    }
}
