using System.Globalization;
using Picket.Core.Sync;

namespace Picket.Server.Inventory;

/// <summary>The lasting attributes of a device: what its hash covers, and what its history tells of.</summary>
public static class DeviceHistory
{
    public const string Presence = "presence";

    /// <summary>What <see cref="Presence"/> is of a device that has not left.</summary>
    public const string Present = "in the fleet";
    public const string Ownership = "ownership";
    public const string User = "user";
    public const string UserId = "userId";
    public const string FriendlyName = "friendlyName";
    public const string Level = "level";

    private static readonly Attribute[] Attributes =
    [
        Text(FriendlyName, row => row.FriendlyName),
        Text("serialNumber", row => row.SerialNumber),
        Text("udid", row => row.Udid),
        Text("platform", row => row.Platform),
        Text("model", row => row.Model),
        Text("modelIdentifier", row => row.ModelIdentifier),
        Text("osVersion", row => row.OsVersion),
        Text("osBuild", row => row.OsBuild),
        Day("securityPatch", row => row.SecurityPatchDate),
        Text(Ownership, row => row.Ownership),
        Number("organizationGroup", row => row.OrganizationGroupId),
        Text(User, row => row.UserName),
        Text("enrollment", row => row.EnrollmentStatus),
        Text("compliance", row => row.ComplianceStatus),
        Flag("compromised", row => row.Compromised),
        Flag("supervised", row => row.Supervised),
        Id("uuid", row => row.RemoteUuid),
        Number(UserId, row => row.UserRemoteId),
        Moment("enrolledAt", row => row.EnrolledAt),
    ];

    private delegate void HashStep(ref RowHasher hasher, DeviceRow row);

    /// <param name="Tell">The value as the history tells it.</param>
    /// <param name="Hash">Adds the value to the hash.</param>
    private sealed record Attribute(string Name, Func<DeviceRow, string?> Tell, HashStep Hash);

    public static RowHash Hash(DeviceRow row)
    {
        var hasher = new RowHasher();
        foreach (var attribute in Attributes)
        {
            attribute.Hash(ref hasher, row);
        }

        return hasher.Finish();
    }

    public static IEnumerable<DeviceChangeRow> Between(
        DeviceRow before,
        DeviceRow after,
        DateTimeOffset now,
        Guid run
    ) =>
        from attribute in Attributes
        let values = (Before: attribute.Tell(before), After: attribute.Tell(after))
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

    private static Attribute Text(string name, Func<DeviceRow, string?> read) =>
        new(name, read, (ref hasher, row) => hasher.Add(read(row)));

    private static Attribute Number(string name, Func<DeviceRow, int?> read) =>
        new(
            name,
            row => read(row)?.ToString(CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add((long?)read(row))
        );

    private static Attribute Flag(string name, Func<DeviceRow, bool?> read) =>
        new(name, row => read(row)?.ToString(), (ref hasher, row) => hasher.Add(read(row)));

    private static Attribute Id(string name, Func<DeviceRow, Guid?> read) =>
        new(name, row => read(row)?.ToString(), (ref hasher, row) => hasher.Add(read(row)));

    private static Attribute Day(string name, Func<DeviceRow, DateOnly?> read) =>
        new(
            name,
            row => read(row)?.ToString("O", CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add(read(row))
        );

    private static Attribute Moment(string name, Func<DeviceRow, DateTimeOffset?> read) =>
        new(
            name,
            row => read(row)?.ToString("O", CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add(read(row))
        );
}
