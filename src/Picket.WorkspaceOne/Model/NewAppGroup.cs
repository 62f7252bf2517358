namespace Picket.WorkspaceOne;

/// <summary>An app group that is to be made (trust S for the fields, I for the names of platforms).</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Platform"><c>Apple</c> or <c>Android</c>, as the server names types of devices.</param>
/// <param name="OrganizationGroupId">Numeric id of the OG that will manage it.</param>
/// <param name="Applications">Its apps, 1 or more, each with a bundle id.</param>
public sealed record NewAppGroup(
    string Name,
    string Platform,
    int OrganizationGroupId,
    IReadOnlyCollection<UemAppGroupItem> Applications
)
{
    /// <summary>What it does: <c>Blacklist</c> denies what it lists.</summary>
    public string Type { get; init; } = "Blacklist";

    /// <summary>What administrators of the UEM read about it.</summary>
    public string? Description { get; init; }
}
