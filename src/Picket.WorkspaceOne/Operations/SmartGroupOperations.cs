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
}
