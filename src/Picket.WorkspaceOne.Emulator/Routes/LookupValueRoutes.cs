using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>
/// Names that app configurations may hold in braces, and that the server fills in per device. The names that real
/// servers know are many; these are the ones that integration guides use.
/// </summary>
internal static class LookupValueRoutes
{
    private static readonly (string Type, string Key, string Description)[] Keys =
    [
        ("Device", "DeviceUid", "Device UDID"),
        ("Device", "DeviceUuid", "Device UUID"),
        ("Device", "DeviceSerialNumber", "Device serial number"),
        ("Device", "DeviceFriendlyName", "Device friendly name"),
        ("Device", "DeviceWLANMac", "Device Wi-Fi address"),
        ("User", "EnrollmentUser", "Enrollment user name"),
        ("User", "EmailAddress", "Email address of the enrollment user"),
        ("User", "FirstName", "First name"),
        ("User", "LastName", "Last name"),
        ("OrganizationGroup", "GroupIdentifier", "Group ID of the organization group"),
    ];

    public static void Add(RouteTable routes)
    {
        routes.Get("system/lookup-value/keys/{id}", (1, call => List(call, null)));
        routes.Get("system/lookup-value/keys/{id}/{type}", (1, call => List(call, call.Route("type"))));
    }

    private static Answer List(ApiCall call, string? type)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleGroup(uuid) is null)
        {
            return Answer.Error(404, 5027, "Unable to find the organization group for the group ID");
        }

        var found = Keys.Select((key, at) => (key.Type, key.Key, key.Description, Id: at + 1))
            .Where(key => type is null || key.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
            .ToList();
        // The specification describes one object; keys are many, so it can only be a list of them.
        return found.Count == 0
            ? Answer.Error(400, 6181, "The supplied lookup field type is unrecognized.")
            : Answer.Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var key in found)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("id"u8, key.Id);
                    writer.WriteString("key"u8, key.Key);
                    writer.WriteString("description"u8, key.Description);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
    }
}
