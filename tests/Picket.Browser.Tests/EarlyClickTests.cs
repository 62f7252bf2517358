using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>A link that is pressed while the page is still being connected leads where it says.</summary>
[Collection(QuietSite.Name)]
public sealed partial class EarlyClickTests(Site site)
{
    [Fact]
    public async Task A_link_pressed_before_the_page_is_connected_leads_to_its_page()
    {
        var page = await site.SignedInAsync();
        var connection = new HeldConnection();
        await page.RouteWebSocketAsync("**/_blazor**", connection.Route);
        await page.GotoAsync("/");
        await connection.Begun;

        await page.GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).First.ClickAsync();
        await page.Locator("h1", new() { HasText = "Devices" }).WaitForAsync();
        connection.Release();

        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Devices");
        await Assertions.Expect(page).ToHaveURLAsync(Devices());
    }

    [GeneratedRegex("/devices$")]
    private static partial Regex Devices();

    /// <summary>Lets a page begin its connection, and keeps what the server says until it is released.</summary>
    private sealed class HeldConnection
    {
        private readonly Lock access = new();
        private readonly TaskCompletionSource begun = new();
        private readonly List<Action> held = [];
        private bool shaken;
        private bool released;

        public Task Begun => begun.Task;

        public void Route(IWebSocketRoute page) =>
            page.ConnectToServer().OnMessage(frame => Take(() => Pass(page, frame)));

        public void Release()
        {
            lock (access)
            {
                released = true;
                held.ForEach(pass => pass());
            }
        }

        private void Take(Action pass)
        {
            lock (access)
            {
                if (!shaken || released) // The first message answers the handshake.
                {
                    shaken = true;
                    pass();
                    return;
                }

                held.Add(pass);
                begun.TrySetResult();
            }
        }

        private static void Pass(IWebSocketRoute page, IWebSocketFrame frame)
        {
            if (frame.Binary is { } binary)
            {
                page.Send(binary);
            }
            else
            {
                page.Send(frame.Text!);
            }
        }
    }
}
