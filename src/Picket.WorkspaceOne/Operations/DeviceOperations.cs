using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Devices and their parts. Everything here only reads.</summary>
public sealed class DeviceOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal DeviceOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Devices of an OG and below, ordered by device id, v2 (trust W).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own (trust S).</param>
    /// <param name="seenSince">
    /// Only devices that reported after this moment. Changes by administrators do not count as seen (trust I), so
    /// such a listing proves nothing about devices that it lacks.
    /// </param>
    /// <param name="paging">How to read; null for the defaults.</param>
    /// <exception cref="OutOfScopeException">The OG does not exist or cannot be seen (400, 6).</exception>
    public Listing<UemDevice> Search(
        int? organizationGroupId = null,
        DateTimeOffset? seenSince = null,
        PagingOptions? paging = null
    ) =>
        connection.List<UemDevice, DevicesEnvelope>(
            ApiCall
                .To(Routes.DeviceSearch, caller)
                .With(
                    ("lgid", Reader.Number(organizationGroupId)),
                    ("seen_since", Reader.Date(seenSince)),
                    ("orderby", "deviceid"),
                    ("sortorder", "ASC")
                ),
            WireContext.Default.DevicesEnvelope,
            device => device.Id,
            paging
        );

    /// <summary>One device by its numeric id, v1: the same fields as a search row (trust S).</summary>
    /// <exception cref="NotFoundException">It does not exist or cannot be seen.</exception>
    public async Task<UemDevice> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.Device, caller, Reader.Number(id));
        return Reader.Required(
            await connection.SendAsync(call, WireContext.Default.UemDevice, cancellationToken).ConfigureAwait(false),
            device => device.Id != 0,
            call
        );
    }

    /// <summary>
    /// Apps of a device by its unique id (trust S). What is listed depends on the privacy settings. An app may be there
    /// twice (two versions, a work and a personal copy); a row without bundle id and name is left out and counted.
    /// </summary>
    /// <exception cref="NotFoundException">The device does not exist (404, 5061) or cannot be seen (403, 5143).</exception>
    public Listing<UemInstalledApp> Apps(Guid deviceUuid, PagingOptions? paging = null) =>
        connection.List<UemInstalledApp, AppItemsEnvelope>(
            ApiCall.To(Routes.DeviceApps, caller, deviceUuid.ToString("D")),
            WireContext.Default.AppItemsEnvelope,
            KeyOf,
            paging,
            RowIdentity.Content
        );

    private static long KeyOf(UemInstalledApp app) =>
        (app.BundleId ?? app.Name) is { Length: > 0 } name
            ? RowKey.Of($"{name}\n{app.InstalledVersion}", app.ApplicationUuid)
            : 0;

    /// <summary>Security details of a device by its numeric id (trust S).</summary>
    /// <exception cref="NotFoundException">No such device (404, 5002; 403, 5035) or no details of it (404, 8).</exception>
    public async Task<UemDeviceSecurity> SecurityAsync(int id, CancellationToken cancellationToken = default) =>
        await connection
            .SendAsync(
                ApiCall.To(Routes.DeviceSecurity, caller, Reader.Number(id)),
                WireContext.Default.UemDeviceSecurity,
                cancellationToken
            )
            .ConfigureAwait(false)
        ?? new UemDeviceSecurity();

    /// <summary>Compliance of a device with each policy, first 500 (trust S).</summary>
    /// <exception cref="NotFoundException">The device does not exist or cannot be seen.</exception>
    public async Task<UemDeviceCompliance> ComplianceAsync(int id, CancellationToken cancellationToken = default) =>
        await connection
            .SendAsync(
                ApiCall.To(Routes.DeviceCompliance, caller, Reader.Number(id)),
                WireContext.Default.UemDeviceCompliance,
                cancellationToken
            )
            .ConfigureAwait(false)
        ?? new UemDeviceCompliance();

    /// <summary>Tags of a device by its unique id, not paged (trust S).</summary>
    /// <exception cref="NotFoundException">The device does not exist or cannot be seen (404, 5061).</exception>
    public async Task<IReadOnlyList<UemDeviceTag>> TagsAsync(
        Guid deviceUuid,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await connection
            .SendAsync(
                ApiCall.To(Routes.DeviceTags, caller, deviceUuid.ToString("D")),
                WireContext.Default.DeviceTagsEnvelope,
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer?.Tags.WithoutNulls() ?? [];
    }

    /// <summary>Largest bulk calls that the account's OG allows (trust S).</summary>
    public async Task<BulkSettings> BulkSettingsAsync(CancellationToken cancellationToken = default) =>
        await connection
            .SendAsync(ApiCall.To(Routes.BulkSettings, caller), WireContext.Default.BulkSettings, cancellationToken)
            .ConfigureAwait(false)
        ?? new BulkSettings();
}
