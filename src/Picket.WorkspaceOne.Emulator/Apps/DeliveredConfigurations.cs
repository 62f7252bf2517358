using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>What an app on a device reads as its configuration.</summary>
internal sealed record DeliveredConfiguration(string BundleId, IReadOnlyDictionary<string, string> Values);

/// <summary>
/// The configuration of each app that a device took by itself: that of the first assignment that the device is in, with
/// the names in braces filled in for it.
/// </summary>
internal sealed class DeliveredConfigurations(
    Tenant tenant,
    SmartGroupStore smartGroups,
    AppStore apps,
    AppRollout rollout
)
{
    public IReadOnlyList<DeliveredConfiguration> Of(Device device) =>
        [
            .. from app in apps.RolledOut
            where rollout.Step(app, device) is RolloutStep.Installed
            let rule = app.Rules.FirstOrDefault(rule => Holds(rule, device))
            where rule.ValueKind is JsonValueKind.Object
            select new DeliveredConfiguration(app.BundleId, Values(rule, device)),
        ];

    private bool Holds(JsonElement rule, Device device) =>
        AppRule
            .SmartGroups(rule)
            .Any(uuid => smartGroups.ByUuid(uuid) is { } group && smartGroups.Holds(group, device));

    private Dictionary<string, string> Values(JsonElement rule, Device device) =>
        rule.Items("application_configuration")
            .ToDictionary(
                item => item.Text("key") ?? "",
                item => Filled(item.Member("value")?.ToString() ?? "", device)
            );

    private string Filled(string value, Device device)
    {
        var user = tenant.People.User(device.User);
        return value
            .Replace("{DeviceUid}", device.Udid, StringComparison.Ordinal)
            .Replace("{DeviceUuid}", device.Uuid.ToString(), StringComparison.Ordinal)
            .Replace("{DeviceSerialNumber}", device.SerialNumber, StringComparison.Ordinal)
            .Replace("{DeviceFriendlyName}", device.FriendlyName, StringComparison.Ordinal)
            .Replace("{DeviceWLANMac}", device.MacAddress, StringComparison.Ordinal)
            .Replace("{EnrollmentUser}", user.UserName, StringComparison.Ordinal)
            .Replace("{GroupIdentifier}", tenant.Tree.At(device.Group).GroupId, StringComparison.Ordinal);
    }
}
