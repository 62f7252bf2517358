namespace Picket.Api;

/// <summary>An enrolment user.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="UserName">User name.</param>
/// <param name="DisplayName">First and last name.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="OrganizationGroup">Name of the organization group.</param>
/// <param name="Active">Whether the account is active; null when the UEM does not say.</param>
public sealed record UserView(
    Guid Id,
    Guid IntegrationId,
    long UemId,
    string UserName,
    string? DisplayName,
    string? Email,
    string? OrganizationGroup,
    bool? Active
)
{
    /// <summary>True when the person was erased: Picket keeps no name of theirs, and <see cref="UserName"/> is empty.</summary>
    public bool Erased { get; init; }
}

/// <summary>A user group.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="Name">Name.</param>
/// <param name="Members">Members; null when they were not read.</param>
public sealed record UserGroupView(Guid Id, Guid IntegrationId, long UemId, string Name, int? Members);

/// <summary>An organization group.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="Uuid">Uuid in the UEM.</param>
/// <param name="Name">Name.</param>
/// <param name="GroupId">Group ID.</param>
/// <param name="Type">Type, e.g. <c>Customer</c> or <c>Container</c>.</param>
/// <param name="ParentUemId">Number of the group above; null for the integration's own.</param>
public sealed record OrganizationGroupView(
    Guid Id,
    Guid IntegrationId,
    long UemId,
    Guid? Uuid,
    string Name,
    string? GroupId,
    string? Type,
    long? ParentUemId
);

/// <summary>A smart group.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="Uuid">Uuid in the UEM.</param>
/// <param name="Name">Name.</param>
/// <param name="Devices">Devices, as the UEM counts them; it lags behind.</param>
public sealed record SmartGroupView(Guid Id, Guid IntegrationId, long UemId, Guid? Uuid, string Name, int? Devices);

/// <summary>An administrator account of the UEM.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="UserName">User name.</param>
/// <param name="DisplayName">First and last name.</param>
/// <param name="Active">Whether the account is active; null when the UEM does not say.</param>
/// <param name="Roles">Its roles, each with the organization group where it holds.</param>
public sealed record AdministratorView(
    Guid Id,
    Guid IntegrationId,
    long UemId,
    string UserName,
    string? DisplayName,
    bool? Active,
    IReadOnlyList<AdministratorRole> Roles
);

/// <summary>A role of an administrator.</summary>
/// <param name="Name">Name of the role.</param>
/// <param name="OrganizationGroup">Name of the organization group where it holds.</param>
/// <param name="Active">Whether the role is active; null when the UEM does not say.</param>
public sealed record AdministratorRole(string Name, string? OrganizationGroup, bool? Active);

/// <summary>A tag of the UEM.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="Name">Name.</param>
/// <param name="Devices">Devices that have it; null when not read.</param>
/// <param name="Managed">True when Picket made it or was told to own it.</param>
public sealed record TagView(Guid Id, Guid IntegrationId, long UemId, string Name, int? Devices, bool Managed)
{
    /// <summary>The level that it stands for, of a tag that Picket owns.</summary>
    public Level? Level { get; init; }
}
