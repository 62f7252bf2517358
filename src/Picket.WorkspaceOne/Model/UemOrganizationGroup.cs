namespace Picket.WorkspaceOne;

/// <summary>An organization group (trust W). Which fields are sent differs per route: see each.</summary>
public sealed record UemOrganizationGroup
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>Unique id; not in v1 search rows.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>The short id that people type when they enrol; often absent.</summary>
    public string? GroupId { get; set; }

    /// <summary>Such as <c>Customer</c>, <c>Container</c>, <c>Region</c>.</summary>
    public string? LocationGroupType { get; set; }

    /// <summary>The parent; sent by <c>children</c> only.</summary>
    public EntityRef ParentLocationGroup { get; set; }

    /// <summary>Depth; by <c>children</c> relative to the group that was asked.</summary>
    public int? LgLevel { get; set; }

    /// <summary>Devices in and below the group; the wire sends text.</summary>
    public int? Devices { get; set; }

    /// <summary>Users; the wire sends text.</summary>
    public int? Users { get; set; }

    /// <summary>Administrators; the wire sends text.</summary>
    public int? Admins { get; set; }

    /// <summary>Creation; the wire sends US text without zone, read as UTC (trust I).</summary>
    public DateTimeOffset? CreatedOn { get; set; }
}
