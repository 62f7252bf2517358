using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Picket.Server.Console;

/// <summary>
/// In which language a page is shown: the first of the browser's that there is a translation for, else English. Numbers and
/// dates have one format in all of them. A page's connection keeps the language of the request that opened it.
/// </summary>
internal static class Languages
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static void UseLanguages(this WebApplication app) =>
        app.UseRequestLocalization(
            new RequestLocalizationOptions
            {
                DefaultRequestCulture = new RequestCulture(CultureInfo.CurrentCulture, English),
                SupportedCultures = null,
                SupportedUICultures = [English, CultureInfo.GetCultureInfo(Texts.Pseudo), .. Translated()],
                RequestCultureProviders = [new BrowsersLanguages()],
            }
        );

    /// <summary>A translation is an assembly of resources in a folder of its language's name beside the server's own.</summary>
    private static IEnumerable<CultureInfo> Translated() =>
        from folder in Directory.EnumerateDirectories(AppContext.BaseDirectory)
        where File.Exists(Path.Combine(folder, $"{typeof(Texts).Assembly.GetName().Name}.resources.dll"))
        select CultureInfo.GetCultureInfo(Path.GetFileName(folder));

    /// <summary>
    /// Those of <c>Accept-Language</c>, and after each what it is a kind of: <c>de-AT</c>, then <c>de</c>. The framework
    /// would ask the language data for that, and the server runs without (InvariantGlobalization).
    /// </summary>
    private sealed class BrowsersLanguages : AcceptLanguageHeaderRequestCultureProvider
    {
        public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
            await base.DetermineProviderCultureResult(httpContext) is { } asked
                ? new ProviderCultureResult([], [.. asked.UICultures.SelectMany(Lineage)])
                : null;

        private static IEnumerable<StringSegment> Lineage(StringSegment language)
        {
            yield return language;
            for (var end = language.LastIndexOf('-'); end > 0; end = language.LastIndexOf('-'))
            {
                language = language.Subsegment(0, end);
                yield return language;
            }
        }
    }
}
