using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Administrator accounts.</summary>
public sealed class AdministratorOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal AdministratorOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>
    /// Administrators with their roles, v2 (trust W). A search for the client's own account is the cheapest test of
    /// credential, key and role.
    /// </summary>
    /// <param name="username">Sign-in name or part of it: compare the rows yourself. Null for all.</param>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    /// <param name="active">Only active accounts, or only others (trust S); null for all: the rows do not tell.</param>
    /// <param name="email">E-mail address (trust S): compare the rows yourself. Null for all.</param>
    public Listing<UemAdministrator> Search(
        string? username = null,
        int? organizationGroupId = null,
        PagingOptions? paging = null,
        bool? active = null,
        string? email = null
    ) =>
        connection.List<UemAdministrator, AdminsEnvelope>(
            ApiCall
                .To(Routes.AdminSearch, caller)
                .With(
                    ("username", username),
                    ("email", email),
                    ("organizationgroupid", Reader.Number(organizationGroupId)),
                    (
                        "status",
                        active switch
                        {
                            true => "Active",
                            false => "Inactive",
                            _ => null,
                        }
                    )
                ),
            WireContext.Default.AdminsEnvelope,
            admin => admin.Uuid is null ? RowKey.Of(admin.Username) : RowKey.Of(admin.Uuid),
            paging
        );
}

/// <summary>Enrolment users.</summary>
public sealed class UserOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal UserOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Users of an OG and below, v1 (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="username">Sign-in name; null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemUser> Search(
        int? organizationGroupId = null,
        string? username = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemUser, UsersEnvelope>(
            ApiCall
                .To(Routes.UserSearch, caller)
                .With(
                    ("locationgroupId", Reader.Number(organizationGroupId)),
                    ("username", username),
                    ("orderby", "EnrollmentUserID")
                ),
            WireContext.Default.UsersEnvelope,
            user => user.Id,
            paging
        );
}

/// <summary>User groups.</summary>
public sealed class UserGroupOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal UserGroupOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>User groups of an OG (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemUserGroup> Search(int? organizationGroupId = null, PagingOptions? paging = null) =>
        connection.List<UemUserGroup, UserGroupsEnvelope>(
            ApiCall
                .To(Routes.UserGroupSearch, caller)
                .With(("organizationgroupid", Reader.Number(organizationGroupId))),
            WireContext.Default.UserGroupsEnvelope,
            group => group.UserGroupId,
            paging
        );

    /// <summary>Members of a group (trust S).</summary>
    /// <exception cref="NotFoundException">The group does not exist (400, 17).</exception>
    public Listing<UemUserGroupMember> Members(int userGroupId, PagingOptions? paging = null) =>
        connection.List<UemUserGroupMember, MembersEnvelope>(
            ApiCall.To(Routes.UserGroupMembers, caller, Reader.Number(userGroupId)),
            WireContext.Default.MembersEnvelope,
            member => RowKey.Of(member.UserName, member.OrganizationGroupUuid),
            paging
        );
}
