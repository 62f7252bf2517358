using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>Where pictures of the console are kept: they are output of a test run.</summary>
internal static class Pictures
{
    public const string OfPicket = "picket";

    public static string Of(
        string name,
        ColorScheme colors = ColorScheme.Light,
        int width = 1280,
        string folder = OfPicket
    ) => Path.Combine(AppContext.BaseDirectory, "pictures", folder, $"{name}-{width}-{colors}.png".ToLowerInvariant());
}
