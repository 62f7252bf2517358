using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>
/// Looks at one page after the other: it fits, breaks no rule of axe, brings few scripts, asks nobody but the server for
/// anything, and runs no script that the policy forbids. The pictures are build output.
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

    private readonly IPage page;
    private readonly ColorScheme colors;
    private readonly int width;
    private readonly ConcurrentQueue<string> problems = [];

    private PageWalk(IPage page, ColorScheme colors, int width) =>
        (this.page, this.colors, this.width) = (page, colors, width);

    public static PageWalk Of(IPage page, Uri server, ColorScheme colors, int width)
    {
        var walk = new PageWalk(page, colors, width);
        walk.Watch(server.Authority);
        return walk;
    }

    /// <summary>The page that is open now.</summary>
    public async Task LookAsync(string name)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        await page.WaitForLoadStateAsync(LoadState.Load); // Pictures of the page are there.
        await page.ScreenshotAsync(new() { Path = Pictures.Of(name, colors, width), FullPage = width < 1000 });
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is var over and > 0)
        {
            problems.Enqueue($"{name}: {over} pixels too wide");
        }

        if (await page.EvaluateAsync<int>(Script) is var script and not (> 0 and <= MostScript))
        {
            problems.Enqueue($"{name}: {script / 1024} KB of script");
        }

        foreach (var fault in await page.FaultsAsync())
        {
            problems.Enqueue($"{name}: {fault}");
        }
    }

    public void FoundNothing() => Assert.True(problems.IsEmpty, string.Join(Environment.NewLine, problems));

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
}
