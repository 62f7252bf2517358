using System.Globalization;
using Picket.Api;

namespace Picket.Server.Inventory;

/// <summary>The known facts of a device with their age. A fact that is missing is not shown as a value.</summary>
internal static class DeviceFactViews
{
    public static IEnumerable<FactView> Of(DeviceRow row) =>
        Listed(row)
            .Concat(Security(row))
            .Where(fact => !string.IsNullOrEmpty(fact.Value))
            .Select(fact => new FactView(fact.Name, fact.Value!, fact.ReadAt, fact.SampledAt));

    private static IEnumerable<(string Name, string? Value, DateTimeOffset ReadAt, DateTimeOffset? SampledAt)> Listed(
        DeviceRow row
    )
    {
        // A listed fact is as old as the contact in which the device told it.
        var at = row.LastSeenAt ?? row.FirstSeenAt;
        yield return ("osVersion", row.OsVersion, at, null);
        yield return ("osBuild", row.OsBuild, at, null);
        yield return ("securityPatch", row.SecurityPatchDate?.ToString("O", CultureInfo.InvariantCulture), at, null);
        yield return ("modelIdentifier", row.ModelIdentifier, at, null);
        yield return ("compromised", YesNo(row.Compromised), at, row.CompromisedCheckedAt);
        yield return ("compliance", row.ComplianceStatus, at, row.ComplianceCheckedAt);
        yield return ("supervised", YesNo(row.Supervised), at, null);
        yield return ("enrolledAt", row.EnrolledAt?.ToString("O", CultureInfo.InvariantCulture), at, null);
    }

    private static IEnumerable<(string Name, string? Value, DateTimeOffset ReadAt, DateTimeOffset? SampledAt)> Security(
        DeviceRow row
    )
    {
        if (row.SecurityReadAt is not { } at)
        {
            yield break;
        }

        yield return ("passcode", YesNo(row.PasscodePresent), at, null);
        yield return ("passcodeCompliant", YesNo(row.PasscodeCompliant), at, null);
        yield return ("encryption", YesNo(row.Encrypted), at, null);
        yield return ("blockEncryption", YesNo(row.BlockEncrypted), at, null);
    }

    private static string? YesNo(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => null,
        };
}
