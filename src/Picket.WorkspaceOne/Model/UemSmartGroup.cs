using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>A smart group, as search and details return it (trust W). Details add the criteria.</summary>
public sealed record UemSmartGroup
{
    /// <summary>Numeric id.</summary>
    [JsonPropertyName("SmartGroupID")]
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    [JsonPropertyName("SmartGroupUuid")]
    public Guid? Uuid { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Id of the managing organization group; the wire sends text.</summary>
    public int? ManagedByOrganizationGroupId { get; set; }

    /// <summary>Name of the managing organization group.</summary>
    public string? ManagedByOrganizationGroupName { get; set; }

    /// <summary>Unique id of the managing organization group.</summary>
    public Guid? ManagedByOrganizationGroupUuid { get; set; }

    /// <summary>Devices; evaluated in the background, so it lags behind (trust I).</summary>
    public int? Devices { get; set; }

    /// <summary>Assignments that use the group.</summary>
    public int? Assignments { get; set; }

    /// <summary>Assignments that exclude the group.</summary>
    public int? Exclusions { get; set; }

    /// <summary><c>All</c> or <c>UserDevice</c>; details only.</summary>
    public string? CriteriaType { get; set; }

    /// <summary>Tags of the criteria, ids as text; details only.</summary>
    public List<EntityRef>? Tags { get; set; }

    /// <summary>User groups of the criteria, ids as text; details only (trust S).</summary>
    public List<EntityRef>? UserGroups { get; set; }

    /// <summary>Organization groups of the criteria; details only.</summary>
    public List<EntityRef>? OrganizationGroups { get; set; }
}

/// <summary>A device of a smart group.</summary>
public sealed record UemSmartGroupDevice
{
    /// <summary>Numeric id; the wire sends text.</summary>
    public int Id { get; set; }

    /// <summary>Friendly name.</summary>
    public string? Name { get; set; }
}
