using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>An app of the UEM's catalogue, as the UEM tells it now. Each version of an internal app is an app of its own.</summary>
public sealed record CatalogueAppView
{
    /// <summary>The UEM's numeric id; unlike others of its kind.</summary>
    public required int Id { get; init; }

    /// <summary>The UEM's unique id, by which an app is published; null where the UEM tells none.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>Name; null where the UEM tells none.</summary>
    public string? Name { get; init; }

    /// <summary>Version; null for most store apps.</summary>
    public string? Version { get; init; }

    /// <summary>Bundle id or package name; null where the UEM tells none.</summary>
    public string? BundleId { get; init; }

    /// <summary>Where the app comes from.</summary>
    public required PublishedAppKind Kind { get; init; }

    /// <summary>What it runs on.</summary>
    public required AppPlatform Platform { get; init; }

    /// <summary>Name of the organization group that manages it; null where the inventory does not know the group.</summary>
    public string? OrganizationGroup { get; init; }

    /// <summary>The UEM's numeric id of that organization group; null where the UEM tells none.</summary>
    public int? OrganizationGroupId { get; init; }

    /// <summary>Whether devices can get it.</summary>
    public required CatalogueAppStatus Status { get; init; }

    /// <summary>Devices that it is assigned to; null where the UEM does not say.</summary>
    public int? Assigned { get; init; }

    /// <summary>Of these, devices that have it; null where the UEM does not say.</summary>
    public int? Installed { get; init; }

    /// <summary>Of these, devices that do not have it; null where the UEM does not say.</summary>
    public int? NotInstalled { get; init; }
}

/// <summary>What an app of the catalogue runs on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppPlatform>))]
public enum AppPlatform
{
    /// <summary>The UEM does not say, or it is none of these.</summary>
    Other,

    /// <summary>iOS and iPadOS; 2 in the UEM.</summary>
    Apple,

    /// <summary>Android; 5 in the UEM.</summary>
    Android,

    /// <summary>macOS; 10 in the UEM.</summary>
    MacOs,

    /// <summary>Windows; 12 in the UEM.</summary>
    Windows,
}

/// <summary>Whether devices can get an app of the catalogue.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CatalogueAppStatus>))]
public enum CatalogueAppStatus
{
    /// <summary>The UEM does not say, or its word is not known.</summary>
    Unknown,

    /// <summary>They can.</summary>
    Active,

    /// <summary>It is switched off.</summary>
    Inactive,

    /// <summary>This version is taken off the devices; an older one that is assigned comes instead.</summary>
    Retired,
}

/// <summary>Which apps of the catalogue to list.</summary>
public sealed record CatalogueFilter
{
    /// <summary>Only apps with this whole bundle id or package name; letter case ignored.</summary>
    public string? BundleId { get; init; }

    /// <summary>Only apps whose name or bundle id holds this text; letter case ignored.</summary>
    public string? Search { get; init; }

    /// <summary>Only apps of this kind.</summary>
    public PublishedAppKind? Kind { get; init; }

    /// <summary>Where to go on: <see cref="Page{T}.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
