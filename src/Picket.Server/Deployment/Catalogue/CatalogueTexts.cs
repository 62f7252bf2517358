using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Deployment;

/// <summary>The catalogue as people read it.</summary>
internal static class CatalogueTexts
{
    public static string Of(AppPlatform platform) =>
        platform switch
        {
            AppPlatform.Apple => "iOS, iPadOS",
            AppPlatform.Android => "Android",
            AppPlatform.MacOs => "macOS",
            AppPlatform.Windows => "Windows",
            _ => T("not told"),
        };

    public static string Of(CatalogueAppStatus status) =>
        status switch
        {
            CatalogueAppStatus.Active => T("Active"),
            CatalogueAppStatus.Inactive => T("Switched off"),
            CatalogueAppStatus.Retired => T("Retired"),
            _ => T("not told"),
        };

    public static string Class(CatalogueAppStatus status) =>
        status switch
        {
            CatalogueAppStatus.Active => "state-good",
            CatalogueAppStatus.Inactive or CatalogueAppStatus.Retired => "state-waits",
            _ => "",
        };
}
