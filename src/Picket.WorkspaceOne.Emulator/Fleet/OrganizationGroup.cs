namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>One organization group (OG) of the tree; the Customer OG has no parent here.</summary>
public sealed record OrganizationGroup(
    int Index,
    int Id,
    Guid Uuid,
    string Name,
    string GroupId,
    string Type,
    int? ParentIndex,
    int Level,
    bool HidesPersonalApps
)
{
    public string Country { get; init; } = "United States";

    /// <summary>Null: of the seed.</summary>
    public DateTime? CreatedAt { get; init; }
}
