using Picket.Api;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>The UEM's words and numbers for apps, in Picket's.</summary>
internal static class CatalogueWords
{
    private const int MacOs = 10;
    private const int Windows = 12;

    /// <param name="groups">Names of organization groups by their numbers.</param>
    public static CatalogueAppView ViewOf(CatalogueApp app, IReadOnlyDictionary<int, string?> groups) =>
        new()
        {
            Id = app.Id,
            Uuid = app.Uuid,
            Name = Said(app.Name),
            Version = Said(app.Version),
            BundleId = Said(app.BundleId),
            Kind = Enum.Parse<PublishedAppKind>(app.AppType!),
            Platform = PlatformOf(app.Platform),
            OrganizationGroup = app.OrganizationGroupId is { } id ? groups.GetValueOrDefault(id) : null,
            OrganizationGroupId = app.OrganizationGroupId,
            Status = StatusOf(app.Status),
            Assigned = app.AssignedDevices,
            Installed = app.InstalledDevices,
            NotInstalled = app.NotInstalledDevices,
        };

    public static AppPlatform PlatformOf(WireCode code) =>
        (code.Number, code.Name?.ToUpperInvariant()) switch
        {
            (UemPlatforms.Apple, _) or (_, "APPLE") => AppPlatform.Apple,
            (UemPlatforms.Android, _) or (_, "ANDROID") => AppPlatform.Android,
            (MacOs, _) or (_, "APPLEOSX") => AppPlatform.MacOs,
            (Windows, _) or (_, "WINRT") => AppPlatform.Windows,
            _ => AppPlatform.Other,
        };

    public static int? NumberOf(AppPlatform platform) =>
        platform switch
        {
            AppPlatform.Apple => UemPlatforms.Apple,
            AppPlatform.Android => UemPlatforms.Android,
            AppPlatform.MacOs => MacOs,
            AppPlatform.Windows => Windows,
            _ => null,
        };

    public static CatalogueAppStatus StatusOf(string? status) =>
        status?.ToUpperInvariant() switch
        {
            "ACTIVE" => CatalogueAppStatus.Active,
            "INACTIVE" => CatalogueAppStatus.Inactive,
            "RETIRED" => CatalogueAppStatus.Retired,
            _ => CatalogueAppStatus.Unknown,
        };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
