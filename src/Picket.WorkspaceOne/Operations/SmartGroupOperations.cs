using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Smart groups.</summary>
public sealed class SmartGroupOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal SmartGroupOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Smart groups that an OG can use (trust W).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="name">Name; null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemSmartGroup> Search(
        int? organizationGroupId = null,
        string? name = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemSmartGroup, SmartGroupsEnvelope>(
            ApiCall
                .To(Routes.SmartGroupSearch, caller)
                .With(("organizationgroupid", Reader.Number(organizationGroupId)), ("name", name)),
            WireContext.Default.SmartGroupsEnvelope,
            group => group.Id,
            paging
        );

    /// <summary>One smart group with its criteria (trust W).</summary>
    /// <exception cref="NotFoundException">It does not exist or cannot be seen (400, 6).</exception>
    public async Task<UemSmartGroup> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.SmartGroup, caller, Reader.Number(id));
        return Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.UemSmartGroup, cancellationToken)
                .ConfigureAwait(false),
            group => group.Id != 0,
            call
        );
    }

    /// <summary>Devices of a smart group, in one call without paging (trust S). Lags behind tag changes (trust I).</summary>
    /// <exception cref="NotFoundException">The group does not exist or cannot be seen.</exception>
    public async Task<IReadOnlyList<UemSmartGroupDevice>> DevicesAsync(
        int id,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await connection
            .SendAsync(
                ApiCall.To(Routes.SmartGroupDevices, caller, Reader.Number(id)),
                WireContext.Default.SmartGroupDevicesEnvelope,
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer?.Devices.WithoutNulls() ?? [];
    }

    /// <summary>Makes a smart group of devices that are named one by one; returns its ids (trust W). Never repeated by the client.</summary>
    /// <param name="name">Name: unique in the OG.</param>
    /// <param name="organizationGroupId">Numeric id of the OG that will manage it; devices elsewhere are no members.</param>
    /// <param name="deviceIds">Numeric ids of devices, 1 or more. The UEM has a limit that it does not tell (400).</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be made nevertheless.</param>
    /// <exception cref="AlreadyThereException">There is a smart group of that name.</exception>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit smart groups.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the name before you try again.</exception>
    public Task<EntityRef> CreateAsync(
        string name,
        int organizationGroupId,
        IReadOnlyCollection<int> deviceIds,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(deviceIds);
        ArgumentOutOfRangeException.ThrowIfZero(deviceIds.Count);
        return CreateAsync(
            new SmartGroupBody(
                name,
                Reader.Number(organizationGroupId),
                "UserDevice",
                DeviceAdditions: [.. deviceIds.Select(id => new AdditionBody(Reader.Number(id), null))]
            ),
            cancellationToken
        );
    }

    /// <summary>
    /// Makes a smart group of the devices of people in user groups, who come and go (trust S for the body, I for its effect);
    /// in all else as <see cref="CreateAsync(string, int, IReadOnlyCollection{int}, CancellationToken)"/>.
    /// </summary>
    /// <param name="name">Name: unique in the OG.</param>
    /// <param name="organizationGroupId">Numeric id of the OG that will manage it; devices elsewhere are no members.</param>
    /// <param name="userGroups">Numeric ids and names of user groups, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be made nevertheless.</param>
    public Task<EntityRef> CreateOfUserGroupsAsync(
        string name,
        int organizationGroupId,
        IReadOnlyCollection<(int Id, string Name)> userGroups,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(userGroups);
        ArgumentOutOfRangeException.ThrowIfZero(userGroups.Count);
        return CreateAsync(
            new SmartGroupBody(
                name,
                Reader.Number(organizationGroupId),
                "All",
                UserGroups: [.. userGroups.Select(group => new AdditionBody(Reader.Number(group.Id), group.Name))]
            ),
            cancellationToken
        );
    }

    private async Task<EntityRef> CreateAsync(SmartGroupBody body, CancellationToken cancellationToken)
    {
        var call = ApiCall.To(Routes.AddSmartGroup, caller).WithBody(body, WriteContext.Default.SmartGroupBody);
        var made = await connection.SendAsync(call, WireContext.Default.NewId, cancellationToken).ConfigureAwait(false);
        return made?.Value is { } id
            ? new EntityRef(id, body.Name, made.Uuid)
            : throw Reader.Unnamed(call, "smart group", "name");
    }

    /// <summary>One smart group word for word, to change a criterion of it (trust W).</summary>
    /// <exception cref="NotFoundException">It does not exist or cannot be seen (400, 6).</exception>
    /// <exception cref="WorkspaceOneException">The answer holds no smart group.</exception>
    public async Task<UemSmartGroupDocument> ReadAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.SmartGroup, caller, Reader.Number(id));
        var raw = await connection
            .SendAsync(call, WireContext.Default.JsonElement, cancellationToken)
            .ConfigureAwait(false);
        return UemSmartGroupDocument.IsOne(raw)
            ? new UemSmartGroupDocument(raw)
            : throw Reader.Empty(call, "the smart group");
    }

    /// <summary>
    /// Has a smart group name a tag: all else is sent as it was read (trust W for the route, S for the body). There is no
    /// protection against somebody who changes it at the same time: read just before, and read back. Never repeated by
    /// the client.
    /// </summary>
    /// <param name="read">The smart group as it was read; its criteria have a list of tags.</param>
    /// <param name="tag">Numeric id of the tag.</param>
    /// <param name="name">Name of the tag.</param>
    /// <param name="without">Numeric ids of tags that it is not to name any more.</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be changed nevertheless.</param>
    /// <exception cref="ArgumentException">
    /// The reading tells no tags, or has members with content that a writing would lose.
    /// </exception>
    /// <exception cref="NotFoundException">It is not there (400, 400).</exception>
    /// <exception cref="PermissionMissingException">The role may not edit smart groups.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: read it back.</exception>
    /// <exception cref="WorkspaceOneException">The UEM does not let it be changed (403, 403), or a criterion is refused (400, 400).</exception>
    public Task NameTagAsync(
        UemSmartGroupDocument read,
        int tag,
        string name,
        IReadOnlyCollection<int>? without = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (read.Tags is null || read.Unknown.Count > 0)
        {
            throw new ArgumentException("To write on top of this reading would lose something.", nameof(read));
        }

        var call = ApiCall
            .To(Routes.ReplaceSmartGroup, caller, Reader.Number(read.Id))
            .WithBody(read.With(tag, name, without ?? []), WriteContext.Default.JsonElement);
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>Deletes a smart group (trust W).</summary>
    /// <param name="id">Numeric id of the smart group.</param>
    /// <param name="cancellationToken">Cancels the wait; the group may be gone nevertheless.</param>
    /// <exception cref="NotFoundException">It is not there (400, 400): before, or since a call of which the answer was lost.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit smart groups.</exception>
    /// <exception cref="WorkspaceOneException">Something is assigned to it (400, 400).</exception>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        connection.DoAsync(ApiCall.To(Routes.DeleteSmartGroup, caller, Reader.Number(id)), cancellationToken);
}
