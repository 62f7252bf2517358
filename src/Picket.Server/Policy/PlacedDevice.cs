using Picket.Server.Inventory;

namespace Picket.Server.Policy;

/// <summary>What of a device tells where it stands in the organization.</summary>
/// <param name="Group">UEM id of its organization group.</param>
internal sealed record PlacedDevice(
    Guid Integration,
    int RemoteId,
    DateTimeOffset FirstSeenAt,
    int? Group,
    string? User,
    string? SerialNumber
)
{
    public static PlacedDevice Of(DeviceRow row) =>
        new(row.IntegrationId, row.RemoteId, row.FirstSeenAt, row.OrganizationGroupId, row.UserName, row.SerialNumber);
}
