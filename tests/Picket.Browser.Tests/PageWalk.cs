using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>
/// Looks at one page after the other, on a dark phone and on a light desk: it fits, breaks no rule of axe, brings few
/// scripts, asks nobody but the server for anything, and runs no script that the policy forbids. A page is loaded once and
/// looked at twice; what a phone shows when it loads a page is thereby seen, too. The pictures are build output.
/// </summary>
internal sealed class PageWalk
{
    private const int MostScript = 300 * 1024;

    // What a page loads later, by import, counts as well: hence by name, too.
    private const string Script = """
        () => performance.getEntriesByType("resource")
          .filter(each => each.initiatorType === "script" || new URL(each.name).pathname.endsWith(".js"))
          .reduce((sum, each) => sum + each.encodedBodySize, 0)
        """;

    private const string Loaded = """
        () => document.readyState === "complete" || new Promise(done => addEventListener("load", done, { once: true }))
        """;

    private readonly IPage page;
    private readonly string folder;
    private readonly ConcurrentQueue<string> problems = [];

    private PageWalk(IPage page, string folder) => (this.page, this.folder) = (page, folder);

    /// <param name="folder">Of the pictures, such as <c>picket</c>; none for the emulator's.</param>
    public static async Task<PageWalk> OfAsync(IPage page, Uri server, string folder = Pictures.OfPicket)
    {
        var walk = new PageWalk(page, folder);
        walk.Watch(server.Authority);
        await walk.TakeAsync(Look.Phone);
        return walk;
    }

    /// <summary>The page that is open now. It is left as a phone shows it.</summary>
    public async Task LookAsync(string name)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        // Its pictures are there. Playwright's own wait misses the event now and then where a form led here.
        await page.EvaluateAsync(Loaded);
        if (await page.EvaluateAsync<int>(Script) is var script and not (> 0 and <= MostScript))
        {
            problems.Enqueue($"{name}: {script / 1024} KB of script");
        }

        await SeeAsync(name, Look.Phone);
        await TakeAsync(Look.Desk);
        await SeeAsync(name, Look.Desk);
        await TakeAsync(Look.Phone);
    }

    public void FoundNothing() => Assert.True(problems.IsEmpty, string.Join(Environment.NewLine, problems));

    private async Task TakeAsync(Look look)
    {
        await page.SetViewportSizeAsync(look.Width, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = look.Colors, ReducedMotion = ReducedMotion.Reduce });
    }

    private async Task SeeAsync(string name, Look look)
    {
        await page.ScreenshotAsync(
            new() { Path = Pictures.Of(name, look.Colors, look.Width, folder), FullPage = look.Width < 1000 }
        );
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is var over and > 0)
        {
            problems.Enqueue($"{name}, {look}: {over} pixels too wide");
        }

        foreach (var fault in await page.FaultsAsync())
        {
            problems.Enqueue($"{name}, {look}: {fault}");
        }
    }

    /// <summary>A request to another host, and an error in the console: that of the content policy among them.</summary>
    private void Watch(string own)
    {
        page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is not ("data" or "blob") && asked.Authority != own)
            {
                problems.Enqueue($"{page.Url}: asks {request.Url}");
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                problems.Enqueue($"{page.Url}: {message.Text}");
            }
        };
    }

    private sealed record Look(ColorScheme Colors, int Width)
    {
        public static Look Phone { get; } = new(ColorScheme.Dark, 390);

        public static Look Desk { get; } = new(ColorScheme.Light, 1280);

        public override string ToString() => $"{Colors}, {Width} pixels wide";
    }
}
