using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>The distribution's Chromium. Where there is none the tests fail and say how to get it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs =
    [
        "/usr/bin/chromium-headless-shell", // Draws no windows around the pages, which cost as much as these.
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        var program =
            Array.Find(Programs, File.Exists)
            ?? throw new InvalidOperationException(
                "Chromium is missing. Install it (Debian: apt-get install chromium)."
            );
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(15_000); // The machine has other work, too.
        chromium = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                ChromiumSandbox = false,
                Args =
                [
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                ],
            }
        );
    }

    public async Task<IPage> OpenAsync(
        Uri server,
        ColorScheme colors = ColorScheme.Light,
        int width = 1280,
        int height = 900,
        bool script = true,
        string? zone = null,
        string? language = null
    )
    {
        var context = await chromium!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = server.ToString(),
                JavaScriptEnabled = script,
                ColorScheme = colors,
                TimezoneId = zone,
                Locale = language,
                ViewportSize = new ViewportSize { Width = width, Height = height },
            }
        );
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
