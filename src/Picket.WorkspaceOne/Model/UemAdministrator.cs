using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>An administrator account, as <c>admins/search</c> v2 returns it (trust W).</summary>
public sealed record UemAdministrator
{
    /// <summary>Unique id; the route sends no numeric one.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Sign-in name.</summary>
    public string? Username { get; set; }

    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Name of the account's organization group.</summary>
    public string? LocationGroup { get; set; }

    /// <summary>Id of the account's organization group; the wire sends text.</summary>
    public int? LocationGroupId { get; set; }

    /// <summary>Unique id of the account's organization group.</summary>
    public Guid? OrganizationGroupUuid { get; set; }

    /// <summary>Last sign-in, UTC.</summary>
    public DateTimeOffset? LastLoginTimeStamp { get; set; }

    /// <summary>Directory account (trust S).</summary>
    public bool? IsActiveDirectoryUser { get; set; }

    /// <summary>Role assignments.</summary>
    public List<UemRole> Roles
    {
        get;
        set => field = value.WithoutNulls();
    } = [];
}

/// <summary>One role at one organization group.</summary>
public sealed record UemRole
{
    /// <summary>Unique id of the role.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name of the role.</summary>
    public string? Name { get; set; }

    /// <summary>Name of the organization group that the role is held at.</summary>
    public string? LocationGroup { get; set; }

    /// <summary>Id of that group; the wire sends text.</summary>
    public int? LocationGroupId { get; set; }

    /// <summary>Unique id of that group.</summary>
    public Guid? OrganizationGroupUuid { get; set; }

    /// <summary>False when the assignment is switched off.</summary>
    public bool? IsActive { get; set; }
}
