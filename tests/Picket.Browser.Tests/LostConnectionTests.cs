using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>A page that loses the server says so, and goes on by itself when it is back.</summary>
[Collection(QuietSite.Name)]
public sealed class LostConnectionTests(Site site)
{
    private const string Connection = "**/_blazor**";

    [Fact]
    public async Task A_page_says_that_the_server_does_not_answer_and_goes_on_where_it_was()
    {
        var page = await site.SignedInAsync();
        var (reachable, sockets) = (true, new List<IWebSocketRoute>());
        await page.RouteWebSocketAsync(
            Connection,
            socket =>
            {
                if (reachable)
                {
                    sockets.Add(socket);
                    socket.ConnectToServer();
                }
                else
                {
                    _ = socket.CloseAsync();
                }
            }
        );
        await page.RouteAsync(Connection, call => reachable ? call.ContinueAsync() : call.AbortAsync());
        await page.OpenAsync("/devices");
        var box = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(box).ToBeHiddenAsync();

        reachable = false;
        await Task.WhenAll(sockets.Select(socket => socket.CloseAsync()));
        await Assertions
            .Expect(box.GetByText("The server does not answer. Trying again …"))
            .ToBeVisibleAsync(new() { Timeout = 20_000 });

        reachable = true;
        await Assertions.Expect(box).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.Locator(".chip", new() { HasText = "Critical" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody .level:not(.level-critical)")).ToHaveCountAsync(0);
    }
}
