using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Tags (v1: deprecated by the vendor, and still the widest used).</summary>
public sealed class TagOperations
{
    /// <summary>"Device" of the types Device and General; the numbers behind them are not documented (trust: unknown).</summary>
    private const int DeviceTag = 1;

    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal TagOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Tags of an OG, global ones left out (trust S).</summary>
    /// <param name="organizationGroupId">Numeric id of the OG.</param>
    /// <param name="name">Name or part of it: compare the rows yourself. Null for all.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<UemTag> Search(int organizationGroupId, string? name = null, PagingOptions? paging = null) =>
        connection.List<UemTag, TagsEnvelope>(
            ApiCall
                .To(Routes.TagSearch, caller)
                .With(("organizationgroupid", Reader.Number(organizationGroupId)), ("name", name)),
            WireContext.Default.TagsEnvelope,
            tag => tag.Id,
            paging
        );

    /// <summary>Makes a tag in an OG and returns its numeric id (trust S). Never repeated by the client.</summary>
    /// <param name="organizationGroupId">Numeric id of the OG.</param>
    /// <param name="name">Name, 1 to 255 characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the tag may be made nevertheless.</param>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the tag before you try again.</exception>
    /// <exception cref="PermissionMissingException">The role lacks Settings &gt; Tags (Edit).</exception>
    public async Task<int> CreateAsync(
        int organizationGroupId,
        string name,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 255);
        var call = ApiCall
            .To(Routes.AddTag, caller)
            .WithBody(new NewTag(name, DeviceTag, organizationGroupId), WireContext.Default.NewTag);
        return await connection.MakeAsync(call, "tag", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a tag another name (trust S). A state: repeating it is harmless, and the client repeats it.</summary>
    /// <param name="organizationGroupId">Numeric id of the OG that the tag belongs to.</param>
    /// <param name="tagId">Numeric id of the tag.</param>
    /// <param name="name">Name, 1 to 255 characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the tag may have the name nevertheless.</param>
    /// <exception cref="NotFoundException">The tag does not exist (400, 6).</exception>
    /// <exception cref="PermissionMissingException">The role lacks Settings &gt; Tags (Edit).</exception>
    public Task RenameAsync(
        int organizationGroupId,
        int tagId,
        string name,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 255);
        var call = ApiCall
            .To(Routes.UpdateTag, caller, Reader.Number(tagId))
            .WithBody(new NewTag(name, DeviceTag, organizationGroupId), WireContext.Default.NewTag);
        return connection.DoAsync(call, cancellationToken);
    }

    /// <summary>
    /// Sets a tag on devices. A state: repeating it is harmless, and the client repeats it after a lost answer. A
    /// device that has the tag already comes back as a fault with code 400, not as a failure of the call (trust W).
    /// </summary>
    /// <exception cref="OverBulkLimitException">More devices than the OG's bulk settings allow: halve the batch.</exception>
    /// <exception cref="NotFoundException">The tag does not exist (400, 6).</exception>
    /// <exception cref="PermissionMissingException">The role lacks Bulk Management (Edit) or Settings > Tags (Edit); the answer does not say which.</exception>
    public Task<BulkResult> AddDevicesAsync(
        int tagId,
        IReadOnlyCollection<int> deviceIds,
        CancellationToken cancellationToken = default
    ) => BulkAsync(Routes.AddTagDevices, tagId, deviceIds, cancellationToken);

    /// <summary>Takes a tag off devices. As <see cref="AddDevicesAsync"/> in all else.</summary>
    public Task<BulkResult> RemoveDevicesAsync(
        int tagId,
        IReadOnlyCollection<int> deviceIds,
        CancellationToken cancellationToken = default
    ) => BulkAsync(Routes.RemoveTagDevices, tagId, deviceIds, cancellationToken);

    /// <summary>Devices that carry a tag, in one call without paging (trust S).</summary>
    /// <exception cref="NotFoundException">The tag does not exist (400, 6).</exception>
    public async Task<IReadOnlyList<UemTaggedDevice>> DevicesAsync(
        int tagId,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await connection
            .SendAsync(
                ApiCall.To(Routes.TagDevices, caller, Reader.Number(tagId)),
                WireContext.Default.TaggedDevicesEnvelope,
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer?.Device.WithoutNulls() ?? [];
    }

    private async Task<BulkResult> BulkAsync(
        Route route,
        int tagId,
        IReadOnlyCollection<int> deviceIds,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(deviceIds);
        ArgumentOutOfRangeException.ThrowIfZero(deviceIds.Count);
        var input = new BulkInput(new BulkValues([.. deviceIds.Select(Reader.Number)]));
        var call = ApiCall.To(route, caller, Reader.Number(tagId)).WithBody(input, WireContext.Default.BulkInput);
        var result = await connection
            .SendAsync(call, WireContext.Default.BulkResult, cancellationToken)
            .ConfigureAwait(false);

        // A success without body says "all accepted" (the spec of v2 knows no body at all).
        return result ?? new BulkResult { TotalItems = deviceIds.Count, AcceptedItems = deviceIds.Count };
    }
}
