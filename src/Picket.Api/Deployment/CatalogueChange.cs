namespace Picket.Api;

/// <summary>A store app to add to the catalogue.</summary>
public sealed record AddStoreApp
{
    /// <summary>Name that administrators see; 1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Bundle id or package name, by which the app is looked for; 1 to 255 characters without blanks.</summary>
    public required string BundleId { get; init; }

    /// <summary>Apple or Android.</summary>
    public AppPlatform Platform { get; init; }

    /// <summary>Apple's number of the app. An Apple app needs it or the address.</summary>
    public string? StoreId { get; init; }

    /// <summary>Address of the app in its store, https; at most 2,000 characters.</summary>
    public string? Url { get; init; }
}

/// <summary>What is known of an internal app whose file is uploaded. Travels as query beside the file.</summary>
public sealed record UploadAppFilter
{
    /// <summary>Name that administrators and users see; 1 to 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Bundle id or package name, as it stands in the file: the app is looked for by it.</summary>
    public string? BundleId { get; init; }

    /// <summary>Version, as it stands in the file: 1 to 100 characters.</summary>
    public string? Version { get; init; }

    /// <summary>Apple or Android.</summary>
    public AppPlatform? Platform { get; init; }

    /// <summary>Name of the file with its extension, such as <c>guard.apk</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>
    /// Gives it at once to those who have the version before it: the UEM copies the assignments. Needs the right to approve.
    /// </summary>
    public bool? CarryOver { get; init; }
}

/// <summary>What became of a change of the catalogue.</summary>
public sealed record CatalogueChange
{
    /// <summary>The app as it is there now.</summary>
    public required CatalogueAppView App { get; init; }

    /// <summary>It was so before: nothing was sent, or the UEM said so.</summary>
    public required bool WasSo { get; init; }

    /// <summary>All versions with this bundle id that the catalogue has now; of internal apps alone.</summary>
    public IReadOnlyList<CatalogueAppView> Versions { get; set; } = [];
}
