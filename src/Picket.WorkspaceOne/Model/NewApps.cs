namespace Picket.WorkspaceOne;

/// <summary>A store app to add to the catalogue, as <c>mam/apps/public</c> takes it (trust S).</summary>
/// <param name="Name">Name that administrators see.</param>
/// <param name="PlatformId">The UEM's number: Apple 2, Android 5.</param>
public sealed record NewPublicApp(string Name, int PlatformId)
{
    /// <summary>Bundle id or package name. An app that is not Apple's needs it, or <see cref="Url"/>.</summary>
    public string? BundleId { get; init; }

    /// <summary>The store's own number of the app. An Apple app needs it, or <see cref="Url"/>.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Address of the app in its store.</summary>
    public string? Url { get; init; }

    /// <summary>Numeric id of the organization group that will manage it; null for the account's own.</summary>
    public int? OrganizationGroupId { get; init; }
}

/// <summary>An internal app to make of an uploaded file, as <c>begininstall</c> takes it (trust S).</summary>
/// <param name="TransactionId">What the upload returned.</param>
/// <param name="Name">Name that administrators and users see.</param>
/// <param name="PlatformId">The UEM's number: Apple 2, Android 5.</param>
/// <param name="FileName">Name of the file with its extension, such as <c>guard.apk</c> (7008 without).</param>
public sealed record NewInternalApp(string TransactionId, string Name, int PlatformId, string FileName)
{
    /// <summary>Bundle id or package name; the server reads it out of the file.</summary>
    public string? BundleId { get; init; }

    /// <summary>Version; the server reads it out of the file.</summary>
    public string? Version { get; init; }

    /// <summary>Models that it runs on: numeric id and name of each. The server demands one at least.</summary>
    public IReadOnlyList<(int Id, string Name)> Models { get; init; } = [];

    /// <summary>True to give it to those who have the version before it.</summary>
    public bool CarriesOverAssignments { get; init; }

    /// <summary>Numeric id of the organization group that will manage it; null for the account's own.</summary>
    public int? OrganizationGroupId { get; init; }
}

/// <summary>How far an upload has come.</summary>
/// <param name="Sent">Bytes that the server has.</param>
/// <param name="Total">Bytes of the whole file.</param>
public readonly record struct UploadProgress(long Sent, long Total);
