using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>
/// App groups: lists of apps that are allowed, denied or required on a platform. They do nothing by themselves: compliance
/// policies and assignments of the UEM refer to them.
/// </summary>
public sealed class AppGroupOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal AppGroupOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>App groups of an OG and of those below it, with their apps (trust S for the route, I for "below").</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="name">Part of the name; null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemAppGroup> Search(
        int? organizationGroupId = null,
        string? name = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemAppGroup, AppGroupsEnvelope>(
            ApiCall
                .To(Routes.AppGroupSearch, caller)
                .With(("organizationgroupid", Reader.Number(organizationGroupId)), ("appgroupname", name)),
            WireContext.Default.AppGroupsEnvelope,
            group => group.Id,
            paging
        );

    /// <summary>One app group with its apps (trust S).</summary>
    /// <param name="id">Numeric id of the group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">It does not exist or cannot be seen (404).</exception>
    /// <exception cref="WorkspaceOneException">The answer has no list of apps. That is not "no apps".</exception>
    public async Task<UemAppGroup> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.AppGroup, caller, Reader.Number(id));
        return Reader.Required(
            await connection.SendAsync(call, WireContext.Default.UemAppGroup, cancellationToken).ConfigureAwait(false),
            group => group.Id != 0 && group.Applications is not null,
            call
        );
    }

    /// <summary>Makes an app group and returns its numeric id (trust S). Never repeated by the client.</summary>
    /// <param name="group">The group, with 1 app or more.</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be made nevertheless.</param>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit apps.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost, or names no id: search for the name before you try again.</exception>
    /// <exception cref="WorkspaceOneException">Platform or type is not known to the server (400); the message says which.</exception>
    public async Task<int> CreateAsync(NewAppGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentException.ThrowIfNullOrWhiteSpace(group.Name, nameof(group));
        var body = new AppGroupBody(
            group.Name,
            group.Type,
            group.Platform,
            Reader.Number(group.OrganizationGroupId),
            Bodies(group.Applications),
            group.Description
        );
        var call = ApiCall.To(Routes.AddAppGroup, caller).WithBody(body, WriteContext.Default.AppGroupBody);
        var made = await connection
            .SendAsync(call, WireContext.Default.UemAppGroup, cancellationToken)
            .ConfigureAwait(false);
        return made is { Id: > 0 } ? made.Id : throw Reader.Unnamed(call, "app group", "name");
    }

    /// <summary>
    /// Adds apps to a group (trust S). A state, so the client repeats it after a lost answer; the server refuses the whole
    /// call where one of the apps is in the group already, so read the group then.
    /// </summary>
    /// <param name="id">Numeric id of the group.</param>
    /// <param name="applications">Apps, 1 or more, each with a bundle id.</param>
    /// <param name="cancellationToken">Cancels the wait; the apps may be added nevertheless.</param>
    /// <exception cref="AlreadyThereException">One of them is in the group: before, or since an attempt whose answer was lost. Nothing was added by the last attempt.</exception>
    /// <exception cref="NotFoundException">The group does not exist or cannot be seen.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit apps.</exception>
    public Task AddApplicationsAsync(
        int id,
        IReadOnlyCollection<UemAppGroupItem> applications,
        CancellationToken cancellationToken = default
    ) => ChangeAsync(Routes.AddAppGroupApplications, id, applications, cancellationToken);

    /// <summary>
    /// Takes apps out of a group (trust S). A state, so the client repeats it after a lost answer. A group keeps at least one
    /// app: to take the last one out, delete the group.
    /// </summary>
    /// <param name="id">Numeric id of the group.</param>
    /// <param name="applications">Apps, 1 or more, each with a bundle id.</param>
    /// <param name="cancellationToken">Cancels the wait; the apps may be out nevertheless.</param>
    /// <exception cref="NotFoundException">No such app in the group (404): before, or since an attempt whose answer was lost; or the group is not there.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit apps.</exception>
    /// <exception cref="WorkspaceOneException">None would be left (400, 400).</exception>
    public Task RemoveApplicationsAsync(
        int id,
        IReadOnlyCollection<UemAppGroupItem> applications,
        CancellationToken cancellationToken = default
    ) => ChangeAsync(Routes.RemoveAppGroupApplications, id, applications, cancellationToken);

    /// <summary>Deletes app groups (trust S). A state: those that are gone already are faults with code 404.</summary>
    /// <param name="ids">Numeric ids of groups, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the wait; the groups may be gone nevertheless.</param>
    /// <exception cref="PermissionMissingException">The role may not edit apps.</exception>
    public async Task<BulkResult> DeleteAsync(
        IReadOnlyCollection<int> ids,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfZero(ids.Count);
        var input = new BulkInput(new BulkValues([.. ids.Select(Reader.Number)]));
        var call = ApiCall.To(Routes.DeleteAppGroups, caller).WithBody(input, WireContext.Default.BulkInput);
        var result = await connection
            .SendAsync(call, WireContext.Default.BulkResult, cancellationToken)
            .ConfigureAwait(false);
        return result ?? new BulkResult { TotalItems = ids.Count, AcceptedItems = ids.Count };
    }

    private Task ChangeAsync(
        Route route,
        int id,
        IReadOnlyCollection<UemAppGroupItem> applications,
        CancellationToken cancellationToken
    )
    {
        var body = new AppGroupItemsBody(Bodies(applications));
        var call = ApiCall.To(route, caller, Reader.Number(id)).WithBody(body, WriteContext.Default.AppGroupItemsBody);
        return connection.DoAsync(call, cancellationToken);
    }

    private static AppGroupItemBody[] Bodies(IReadOnlyCollection<UemAppGroupItem> applications)
    {
        ArgumentNullException.ThrowIfNull(applications);
        ArgumentOutOfRangeException.ThrowIfZero(applications.Count);
        return
        [
            .. applications.Select(app =>
                string.IsNullOrWhiteSpace(app.BundleId)
                    ? throw new ArgumentException("An app of an app group needs a bundle id.", nameof(applications))
                    : new AppGroupItemBody(app.Name ?? app.BundleId, app.BundleId)
            ),
        ];
    }
}
