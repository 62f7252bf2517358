using System.Collections.Immutable;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Apps;

internal enum AppKind
{
    Internal,
    Public,
    Purchased,
}

/// <summary>An app of the organization's own catalogue.</summary>
/// <param name="Group">Index of the organization group that manages it.</param>
internal sealed record CatalogApp(
    int Id,
    Guid Uuid,
    AppKind Kind,
    string Name,
    string BundleId,
    string Version,
    DevicePlatform Platform,
    int Group
)
{
    /// <summary>The store's own number or address of the app.</summary>
    public string ExternalId { get; init; } = "";
    public string Url { get; init; } = "";
    public bool Active { get; init; } = true;
    public bool Retired { get; init; }

    /// <summary>Assignment rules in the form of version 2, the first one first.</summary>
    public ImmutableArray<JsonElement> Rules { get; init; } = [];

    /// <summary>Uuids of smart groups.</summary>
    public ImmutableArray<Guid> Excluded { get; init; } = [];

    /// <summary>Members of the rules beside assignments and exclusions, as the caller wrote them.</summary>
    public ImmutableSortedDictionary<string, JsonElement> OtherRules { get; init; } =
        ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>Since when smart groups get the app by itself; those of the seed had it before and are not here.</summary>
    public ImmutableSortedDictionary<Guid, DateTime> AutoSince { get; init; } =
        ImmutableSortedDictionary<Guid, DateTime>.Empty;

    /// <summary>Licences that were bought; purchased apps only.</summary>
    public int Licences { get; init; }

    /// <summary>Licences given to smart groups, by their number.</summary>
    public ImmutableSortedDictionary<int, int> Allocated { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Whether licences go to devices instead of people.</summary>
    public bool DeviceLicences { get; init; }

    /// <summary>Rules were written through version 2: version 1 no longer shows the app.</summary>
    public bool HasFlexibleRules { get; init; }
    public string Status =>
        Retired ? "Retired"
        : Active ? "Active"
        : "Inactive";
    public int Unallocated => Licences - Allocated.Values.Sum();
}
