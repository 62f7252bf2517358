using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Organization groups (OGs).</summary>
public sealed class OrganizationGroupOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal OrganizationGroupOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Groups that the account can see, v2: plain ids, uuids, no parent (trust W).</summary>
    /// <param name="name">Part of the name; null for all.</param>
    /// <param name="groupId">The short id that people type when they enrol; null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemOrganizationGroup> Search(
        string? name = null,
        string? groupId = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemOrganizationGroup, GroupsEnvelope>(
            ApiCall.To(Routes.GroupSearch, caller).With(("name", name), ("groupid", groupId)),
            WireContext.Default.GroupsEnvelope,
            group => group.Id,
            paging
        );

    /// <summary>The group itself first, then everything below, each with its parent (trust W). One call, not paged.</summary>
    /// <exception cref="OutOfScopeException">The group does not exist or cannot be seen.</exception>
    /// <exception cref="WorkspaceOneException">
    /// The answer lacks the asked group itself, so it is not its tree: it proves nothing about what it lacks.
    /// </exception>
    public async Task<IReadOnlyList<UemOrganizationGroup>> ChildrenAsync(
        int id,
        CancellationToken cancellationToken = default
    )
    {
        var call = ApiCall.To(Routes.GroupChildren, caller, Reader.Number(id));
        var answer = await connection
            .SendAsync(call, WireContext.Default.ListUemOrganizationGroup, cancellationToken)
            .ConfigureAwait(false);
        var tree = answer.WithoutNulls();
        return tree.Any(group => group.Id == id) ? tree : throw Reader.Empty(call, "the group itself");
    }

    /// <summary>One group (trust W).</summary>
    /// <exception cref="OutOfScopeException">The group does not exist or cannot be seen (404, 6008).</exception>
    public async Task<UemOrganizationGroup> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.Group, caller, Reader.Number(id));
        return Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.UemOrganizationGroup, cancellationToken)
                .ConfigureAwait(false),
            group => group.Id != 0,
            call
        );
    }

    /// <summary>Names that an app's configuration may hold in braces, such as <c>{DeviceUid}</c> (trust S).</summary>
    /// <param name="uuid">Unique id of the OG.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OutOfScopeException">The OG does not exist or cannot be seen (404, 5027).</exception>
    public async Task<IReadOnlyList<UemLookupKey>> LookupKeysAsync(
        Guid uuid,
        CancellationToken cancellationToken = default
    ) =>
        (
            await connection
                .SendAsync(
                    ApiCall.To(Routes.LookupKeys, caller, uuid.ToString("D")),
                    WireContext.Default.ListUemLookupKey,
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).WithoutNulls();
}
