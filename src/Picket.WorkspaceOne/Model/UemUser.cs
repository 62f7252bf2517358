namespace Picket.WorkspaceOne;

/// <summary>An enrolment user, as <c>users/search</c> v1 returns it. Phone numbers are left on the wire.</summary>
public sealed record UemUser
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Sign-in name.</summary>
    public string? UserName { get; set; }

    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Name of the organization group.</summary>
    public string? Group { get; set; }

    /// <summary>Id of the organization group; the wire sends text.</summary>
    public int? LocationGroupId { get; set; }

    /// <summary>Unique id of the organization group.</summary>
    public Guid? OrganizationGroupUuid { get; set; }

    /// <summary>True when active.</summary>
    public bool? Status { get; set; }

    /// <summary>Directory, Basic and others; number or name.</summary>
    public WireCode SecurityType { get; set; }

    /// <summary>Enrolled devices; the wire sends text.</summary>
    public int? EnrolledDevicesCount { get; set; }

    /// <summary>Enrolment role.</summary>
    public string? Role { get; set; }
}

/// <summary>A user group. The search returns no unique id (trust S).</summary>
public sealed record UemUserGroup
{
    /// <summary>Numeric id.</summary>
    public int UserGroupId { get; set; }

    /// <summary>Name.</summary>
    public string? UserGroupName { get; set; }

    /// <summary>Members.</summary>
    public int? UserCount { get; set; }

    /// <summary>Name of the organization group.</summary>
    public string? OrganizationGroup { get; set; }
}

/// <summary>A member of a user group. The route sends no id: name and organization group identify it (trust S).</summary>
public sealed record UemUserGroupMember
{
    /// <summary>Sign-in name.</summary>
    public string? UserName { get; set; }

    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>Unique id of the organization group.</summary>
    public Guid? OrganizationGroupUuid { get; set; }
}
