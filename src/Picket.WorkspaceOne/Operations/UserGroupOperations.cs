using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

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

    /// <summary>Groups of an OG that were made by hand, and can be filled so (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="name">Name: compare the rows yourself. Null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemUserGroup> SearchCustom(
        int? organizationGroupId = null,
        string? name = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemUserGroup, UserGroupsEnvelope>(
            ApiCall
                .To(Routes.CustomUserGroupSearch, caller)
                .With(("groupname", name), ("organizationgroupid", Reader.Number(organizationGroupId))),
            WireContext.Default.UserGroupsEnvelope,
            group => group.UserGroupId,
            paging
        );

    /// <summary>Makes a custom group and returns its numeric id (trust S). Never repeated by the client.</summary>
    /// <param name="name">Name. The server may take one that is there already: search first.</param>
    /// <param name="organizationGroupId">Numeric id of the OG that manages it; null for the account's own.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be made nevertheless.</param>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the group by name before you try again.</exception>
    /// <exception cref="WorkspaceOneException">The organization group cannot hold user groups, or is out of reach (200028).</exception>
    /// <exception cref="PermissionMissingException">The role may not edit user groups.</exception>
    public Task<int> CreateAsync(
        string name,
        int? organizationGroupId = null,
        string? description = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var call = ApiCall
            .To(Routes.AddUserGroup, caller)
            .WithBody(new(name, description, organizationGroupId), WriteContext.Default.UserGroupBody);
        return connection.MakeAsync(call, "user group", cancellationToken);
    }

    /// <summary>Puts a user into a custom group (trust S). A state: the client repeats it after a lost answer.</summary>
    /// <exception cref="NotFoundException">The group does not exist, is no custom one (400, 17), or the user does not exist.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit user groups.</exception>
    public Task AddMemberAsync(int userGroupId, int userId, CancellationToken cancellationToken = default) =>
        connection.DoAsync(MemberCall(Routes.AddUserToGroup, userGroupId, userId), cancellationToken);

    /// <summary>Takes a user out of a custom group. As <see cref="AddMemberAsync"/> in all else.</summary>
    public Task RemoveMemberAsync(int userGroupId, int userId, CancellationToken cancellationToken = default) =>
        connection.DoAsync(MemberCall(Routes.RemoveUserFromGroup, userGroupId, userId), cancellationToken);

    private ApiCall MemberCall(Route route, int userGroupId, int userId) =>
        ApiCall.To(route, caller, Reader.Number(userGroupId), Reader.Number(userId));
}
