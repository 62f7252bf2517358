using System.Globalization;

namespace Picket.Server.Inventory;

/// <summary>The lasting attributes of a device: what its hash covers, and what its history tells of.</summary>
internal static class DeviceHistory
{
    public const string Presence = "presence";
    public const string Ownership = "ownership";
    public const string Level = "level";

    private static readonly (string Name, Func<DeviceRow, string?> Read)[] Attributes =
    [
        ("friendlyName", row => row.FriendlyName),
        ("serialNumber", row => row.SerialNumber),
        ("udid", row => row.Udid),
        ("platform", row => row.Platform),
        ("model", row => row.Model),
        ("modelIdentifier", row => row.ModelIdentifier),
        ("osVersion", row => row.OsVersion),
        ("osBuild", row => row.OsBuild),
        ("securityPatch", row => row.SecurityPatchDate?.ToString("O", CultureInfo.InvariantCulture)),
        (Ownership, row => row.Ownership),
        ("organizationGroup", row => row.OrganizationGroupId?.ToString(CultureInfo.InvariantCulture)),
        ("user", row => row.UserName),
        ("enrollment", row => row.EnrollmentStatus),
        ("compliance", row => row.ComplianceStatus),
        ("compromised", row => row.Compromised?.ToString()),
        ("supervised", row => row.Supervised?.ToString()),
        ("uuid", row => row.RemoteUuid?.ToString()),
        ("userId", row => row.UserRemoteId?.ToString(CultureInfo.InvariantCulture)),
        ("enrolledAt", row => row.EnrolledAt?.ToString("O", CultureInfo.InvariantCulture)),
    ];

    public static Core.Sync.RowHash Hash(DeviceRow row)
    {
        var values = new string?[Attributes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Attributes[i].Read(row);
        }

        return Core.Sync.RowHash.Of(values);
    }

    public static IEnumerable<DeviceChangeRow> Between(
        DeviceRow before,
        DeviceRow after,
        DateTimeOffset now,
        Guid run
    ) =>
        from attribute in Attributes
        let values = (Before: attribute.Read(before), After: attribute.Read(after))
        where values.Before != values.After
        select Change(after.Id, now, attribute.Name, values.Before, values.After, run);

    public static DeviceChangeRow Change(
        Guid device,
        DateTimeOffset now,
        string attribute,
        string? before,
        string? after,
        Guid? run = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            DeviceId = device,
            At = now,
            Attribute = attribute,
            Before = before,
            After = after,
            RunId = run,
        };
}
