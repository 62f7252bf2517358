using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.CustomAttributes;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Custom attributes of devices: one device by any of three ids, many at once, searched, and their changes.</summary>
internal static class CustomAttributeRoutes
{
    private const int MostDevices = 500;

    /// <summary>Where an attribute comes from; the API is one of several sources.</summary>
    private const string Source = "API";

    public static void Add(RouteTable routes)
    {
        routes.Put("mdm/devices/{id}/customattributes", (1, call => Set(call, DeviceIds.FromRoute(call))));
        routes.Delete("mdm/devices/{id}/customattributes", (1, call => Remove(call, DeviceIds.FromRoute(call))));
        routes.Put("mdm/devices/serialnumber/{serial}/customattributes", (1, call => Set(call, BySerial(call))));
        routes.Delete("mdm/devices/serialnumber/{serial}/customattributes", (1, call => Remove(call, BySerial(call))));
        routes.Put("mdm/devices/assetnumber/{asset}/customattributes", (1, call => Set(call, ByAsset(call))));
        routes.Put("mdm/devices/customattributes", (1, SetMany));
        routes.Get("mdm/devices/customattribute/search", (1, Search));
        routes.Get("mdm/devices/customattribute/changereport", (1, Changes));
    }

    /// <summary>The member that several device rows carry.</summary>
    /// <param name="groupName">What the route calls the application group.</param>
    public static void Write(Utf8JsonWriter writer, ApiCall call, Device device, string groupName) =>
        writer.Rows(
            "CustomAttributes"u8,
            call.Uem.CustomAttributes.Of(device.Index),
            (row, attribute) =>
            {
                row.WriteString("Name"u8, attribute.Name);
                row.WriteString("Value"u8, attribute.Value);
                row.WriteString(groupName, attribute.Group);
            }
        );

    private static Answer Set(ApiCall call, Device? device)
    {
        var wanted = call.Body.Items("CustomAttributes");
        return device is null ? DeviceIds.NotFound
            : Problem(wanted) is { } refusal ? refusal
            : BulkResult.Of(
                [.. wanted.Select(one => one.Text("name")!)],
                name => Set(call, device, Named(wanted, name))
            );
    }

    private static BulkFault? Set(ApiCall call, Device device, JsonElement attribute)
    {
        call.Uem.CustomAttributes.Set(
            device.Index,
            attribute.Text("name")!,
            attribute.Text("value")!,
            attribute.Text("applicationGroup")!
        );
        return null;
    }

    /// <summary>Checked before anything is written, so that a refused call changes nothing.</summary>
    private static Answer? Problem(IReadOnlyList<JsonElement> wanted) =>
        wanted.Any(one => one.Text("name") is null or "" || one.Text("value") is null)
            ? Answer.Error(422, 6, "'name' and 'value' are required for each custom attribute.")
        : wanted.Any(one => one.Text("applicationGroup") is null or "")
            ? Answer.Error(422, 6, "'applicationGroup' must not be empty.")
        : wanted.CountBy(one => (one.Text("name"), one.Text("applicationGroup"))).Any(pair => pair.Value > 1)
            ? Answer.Error(409, 5082, "Conflicting attribute type or duplicate entry in request.")
        : null;

    private static JsonElement Named(IReadOnlyList<JsonElement> attributes, string name) =>
        attributes.First(one => one.Text("name") == name);

    private static Answer Remove(ApiCall call, Device? device)
    {
        var wanted = call.Body.Items("CustomAttributes");
        return device is null
            ? DeviceIds.NotFound
            : BulkResult.Of(
                [.. wanted.Select(one => one.Text("Name") ?? "")],
                name =>
                    call.Uem.CustomAttributes.Remove(
                        device.Index,
                        name,
                        Named(wanted, name).Text("ApplicationGroup") ?? ""
                    )
                        ? null
                        : new BulkFault(404, "Custom attribute not found."),
                listName: "Faults"
            );
    }

    private static Answer SetMany(ApiCall call)
    {
        if (call.Body.ValueKind != JsonValueKind.Array || call.Body.GetArrayLength() == 0)
        {
            return Answer.Error(400, 6, "Input Device list is empty.");
        }

        if (call.Body.GetArrayLength() > MostDevices)
        {
            return Answer.Error(400, 6, "Invalid input. Page size limit of 500 exceeded.");
        }

        var failed = new List<(JsonElement Row, Answer Why)>();
        foreach (var row in call.Body.EnumerateArray())
        {
            if (SetOne(call, row) is { } why)
            {
                failed.Add((row, why));
            }
        }

        return Answer.Object(writer => WriteMany(writer, call.Body.GetArrayLength(), failed));
    }

    private static Answer? SetOne(ApiCall call, JsonElement row)
    {
        var device = row.Text("serialNumber") is { Length: > 0 } serial
            ? DeviceSearch.Find(call, "SerialNumber", serial)
            : DeviceSearch.Find(call, "Uuid", row.Text("uuid") ?? "");
        var wanted = row.Items("deviceCustomAttributes");
        if (device is null || Problem(wanted) is not null)
        {
            return device is null ? DeviceIds.NotFound : Problem(wanted);
        }

        foreach (var attribute in wanted)
        {
            Set(call, device, attribute);
        }

        return null;
    }

    private static void WriteMany(Utf8JsonWriter writer, int total, List<(JsonElement Row, Answer Why)> failed)
    {
        writer.WriteNumber("totalItems"u8, total);
        writer.WriteNumber("acceptedItems"u8, total - failed.Count);
        writer.WriteNumber("failedItems"u8, failed.Count);
        writer.WriteString("activityId"u8, Guid.NewGuid());
        writer.Rows(
            "failedDevices"u8,
            failed,
            (row, item) =>
            {
                row.WriteString("serialNumber"u8, item.Row.Text("serialNumber") ?? "");
                row.WriteNumber("errorCode"u8, item.Why.ErrorCode ?? 0);
                row.WriteString("message"u8, item.Why.Message ?? "");
            }
        );
    }

    private static Answer Search(ApiCall call)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var (from, till) = (call.QueryDate("modifiedfrom"), call.QueryDate("modifiedtill"));
        var found = DevicesOf(call, scope, call.Uem.CustomAttributes.Devices)
            .Select(device =>
                (
                    Device: device,
                    Attributes: call.Uem.CustomAttributes.Of(device.Index)
                        .Where(one => Matches(call, one.Name, one.Group))
                        .Where(one => !(one.ModifiedAt < from) && !(one.ModifiedAt > till))
                        .ToList()
                )
            )
            .Where(row => row.Attributes.Count > 0)
            .ToList();
        return Paging
            .Of(call, found)
            .Envelope("Devices", (writer, row) => WriteFound(writer, call, row.Device, row.Attributes));
    }

    private static void WriteFound(Utf8JsonWriter writer, ApiCall call, Device device, List<CustomAttribute> attributes)
    {
        writer.WriteNumber("DeviceId"u8, device.Id);
        writer.WriteString("Udid"u8, device.Udid);
        writer.WriteString("SerialNumber"u8, device.SerialNumber);
        writer.WriteString("EnrollmentUserName"u8, call.Tenant.People.User(device.User).UserName);
        writer.WriteString("AssetNumber"u8, device.AssetNumber);
        writer.Rows(
            "CustomAttributes"u8,
            attributes,
            (row, attribute) =>
            {
                row.WriteString("Name"u8, attribute.Name);
                row.WriteString("Value"u8, attribute.Value);
                row.WriteString("Application"u8, attribute.Group);
                row.WriteString("Source"u8, Source);
            }
        );
    }

    private static Answer Changes(ApiCall call)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var (from, till) = (call.QueryDate("startdate"), call.QueryDate("enddate"));
        var changes = call
            .Uem.CustomAttributes.Changes.Where(change => Matches(call, change.Name, change.Group))
            .Where(change => !(change.At < from) && !(change.At > till))
            .ToLookup(change => change.Device);
        var found = DevicesOf(call, scope, changes.Select(group => group.Key).Order()).ToList();
        return Paging
            .Of(call, found)
            .Envelope(
                "DeviceCustomAttributeChanges",
                (writer, device) => WriteChanges(writer, call, device, changes[device.Index])
            );
    }

    private static void WriteChanges(
        Utf8JsonWriter writer,
        ApiCall call,
        Device device,
        IEnumerable<CustomAttributeChange> changes
    )
    {
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteString("DeviceID"u8, device.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("FriendlyName"u8, device.FriendlyName);
        writer.Rows(
            "CustomAttributeChanges"u8,
            changes,
            (row, change) =>
            {
                row.WriteString("CustomAttributeName"u8, change.Name);
                row.WriteString("ApplicationGroup"u8, change.Group);
                row.WriteString("OldValue"u8, change.OldValue);
                row.WriteString("NewValue"u8, change.NewValue);
                row.Date("ModifiedDate"u8, change.At);
                row.WriteString("Source"u8, Source);
                row.WriteString("LocationGroupID"u8, group.Id.ToString(CultureInfo.InvariantCulture));
                row.WriteString("LocationGroupName"u8, group.Name);
            }
        );
    }

    private static IEnumerable<Device> DevicesOf(ApiCall call, OrganizationGroup scope, IEnumerable<int> indexes) =>
        indexes
            .Where(call.Tenant.Fleet.Exists)
            .Select(call.Tenant.Fleet.At)
            .Where(device => call.Tenant.Tree.IsWithin(device.Group, scope.Index))
            .Where(device => call.QueryInt("deviceid") is not { } id || device.Id == id)
            .Where(device => call.Query("serialnumber") is null || call.QueryIs("serialnumber", device.SerialNumber));

    private static bool Matches(ApiCall call, string name, string group) =>
        (call.Query("customattributename") is null || call.QueryIs("customattributename", name))
        && (call.Query("applicationgroup") is null || call.QueryIs("applicationgroup", group))
        && (call.Query("source") is null || call.QueryIs("source", Source));

    private static Device? BySerial(ApiCall call) => DeviceSearch.Find(call, "SerialNumber", call.Route("serial"));

    private static Device? ByAsset(ApiCall call) =>
        call.Route("asset") is { Length: > 0 } asset
        && call.Tenant.Fleet.ChangedDevices.FirstOrDefault(device => device.AssetNumber == asset) is { } found
            ? call.VisibleDevice(found)
            : null;
}
