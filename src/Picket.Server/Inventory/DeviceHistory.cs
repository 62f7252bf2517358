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
        Text(FriendlyName, row => row.FriendlyName, (row, value) => row.FriendlyName = value),
        Text("serialNumber", row => row.SerialNumber, (row, value) => row.SerialNumber = value),
        Text("udid", row => row.Udid, (row, value) => row.Udid = value),
        Text("platform", row => row.Platform, (row, value) => row.Platform = value),
        Text("model", row => row.Model, (row, value) => row.Model = value),
        Text("modelIdentifier", row => row.ModelIdentifier, (row, value) => row.ModelIdentifier = value),
        Text("osVersion", row => row.OsVersion, (row, value) => row.OsVersion = value),
        Text("osBuild", row => row.OsBuild, (row, value) => row.OsBuild = value),
        Day("securityPatch", row => row.SecurityPatchDate, (row, value) => row.SecurityPatchDate = value),
        Text(Ownership, row => row.Ownership, (row, value) => row.Ownership = value),
        Number("organizationGroup", row => row.OrganizationGroupId, (row, value) => row.OrganizationGroupId = value),
        Text(User, row => row.UserName, (row, value) => row.UserName = value),
        Text("enrollment", row => row.EnrollmentStatus, (row, value) => row.EnrollmentStatus = value),
        Text("compliance", row => row.ComplianceStatus, (row, value) => row.ComplianceStatus = value),
        Flag("compromised", row => row.Compromised, (row, value) => row.Compromised = value),
        Flag("supervised", row => row.Supervised, (row, value) => row.Supervised = value),
        Id("uuid", row => row.RemoteUuid, (row, value) => row.RemoteUuid = value),
        Number(UserId, row => row.UserRemoteId, (row, value) => row.UserRemoteId = value),
        Moment("enrolledAt", row => row.EnrolledAt, (row, value) => row.EnrolledAt = value),
    ];

    /// <summary>What is read of each device by itself. No part of the hash, which covers the listing alone.</summary>
    private static readonly Attribute[] Details =
    [
        Flag("passcode", row => row.PasscodePresent, (row, value) => row.PasscodePresent = value),
        Flag("passcodeCompliant", row => row.PasscodeCompliant, (row, value) => row.PasscodeCompliant = value),
        Flag("encryption", row => row.Encrypted, (row, value) => row.Encrypted = value),
        Flag("blockEncryption", row => row.BlockEncrypted, (row, value) => row.BlockEncrypted = value),
    ];

    /// <summary>Names of what is read of each device by itself.</summary>
    public static readonly IReadOnlyList<string> DetailNames = [.. Details.Select(attribute => attribute.Name)];

    private static readonly Dictionary<string, Attribute> ByName = Attributes
        .Concat(Details)
        .ToDictionary(attribute => attribute.Name);

    private delegate void HashStep(ref RowHasher hasher, DeviceRow row);

    /// <param name="Tell">The value as the history tells it.</param>
    /// <param name="Hash">Adds the value to the hash.</param>
    /// <param name="Put">Sets the value that the history tells; what cannot be read is left as it is.</param>
    private sealed record Attribute(
        string Name,
        Func<DeviceRow, string?> Tell,
        HashStep Hash,
        Action<DeviceRow, string?> Put
    );

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

    /// <summary>What a reading of the details changed. Learning a value for the first time is no change.</summary>
    public static IEnumerable<DeviceChangeRow> BetweenDetails(
        DeviceRow before,
        DeviceRow after,
        DateTimeOffset now,
        Guid run
    ) =>
        from attribute in Details
        let values = (Before: attribute.Tell(before), After: attribute.Tell(after))
        where values.Before is not null && values.Before != values.After
        select Change(after.Id, now, attribute.Name, values.Before, values.After, run);

    /// <summary>Makes the device what it was before the change. Of changes that are no attribute's nothing is undone.</summary>
    public static void Undo(DeviceRow row, DeviceChangeRow change)
    {
        if (ByName.TryGetValue(change.Attribute, out var attribute))
        {
            attribute.Put(row, change.Before);
        }
    }

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

    private static Attribute Text(string name, Func<DeviceRow, string?> read, Action<DeviceRow, string?> put) =>
        new(name, read, (ref hasher, row) => hasher.Add(read(row)), put);

    private static Attribute Number(string name, Func<DeviceRow, int?> read, Action<DeviceRow, int?> put) =>
        new(
            name,
            row => read(row)?.ToString(CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add((long?)read(row)),
            Reading<int>(put, static (text, out value) => int.TryParse(text, CultureInfo.InvariantCulture, out value))
        );

    private static Attribute Flag(string name, Func<DeviceRow, bool?> read, Action<DeviceRow, bool?> put) =>
        new(
            name,
            row => read(row)?.ToString(),
            (ref hasher, row) => hasher.Add(read(row)),
            Reading<bool>(put, bool.TryParse)
        );

    private static Attribute Id(string name, Func<DeviceRow, Guid?> read, Action<DeviceRow, Guid?> put) =>
        new(
            name,
            row => read(row)?.ToString(),
            (ref hasher, row) => hasher.Add(read(row)),
            Reading<Guid>(put, Guid.TryParse)
        );

    private static Attribute Day(string name, Func<DeviceRow, DateOnly?> read, Action<DeviceRow, DateOnly?> put) =>
        new(
            name,
            row => read(row)?.ToString("O", CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add(read(row)),
            Reading<DateOnly>(
                put,
                static (text, out value) =>
                    DateOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            )
        );

    private static Attribute Moment(
        string name,
        Func<DeviceRow, DateTimeOffset?> read,
        Action<DeviceRow, DateTimeOffset?> put
    ) =>
        new(
            name,
            row => read(row)?.ToString("O", CultureInfo.InvariantCulture),
            (ref hasher, row) => hasher.Add(read(row)),
            Reading<DateTimeOffset>(
                put,
                static (text, out value) =>
                    DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value)
            )
        );

    private delegate bool Reader<T>(string? text, out T value);

    private static Action<DeviceRow, string?> Reading<T>(Action<DeviceRow, T?> put, Reader<T> read)
        where T : struct =>
        (row, text) =>
        {
            if (text is null)
            {
                put(row, null);
            }
            else if (read(text, out var value))
            {
                put(row, value);
            }
        };
}
