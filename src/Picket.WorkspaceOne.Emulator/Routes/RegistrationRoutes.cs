using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Registrations;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Devices announced before they enrol, and the unpaged lists of announced and enrolled ones.</summary>
internal static class RegistrationRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Post("system/users/{id}/registerdevice", (1, Register));
        routes.Get("system/users/registereddevices/search", (1, Registered));
        routes.Post("system/users/registereddevices/delete", (1, DeleteMany));
        routes.Get("system/users/enrolleddevices/search", (1, Enrolled));
    }

    private static Answer Register(ApiCall call)
    {
        if (call.RouteInt("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (UserRoutes.Visible(call) is not { } user)
        {
            return UserRoutes.NotFound;
        }

        var group = call.Body.Int("LocationGroupId") is { } id
            ? call.VisibleGroup(id)
            : call.Tenant.Tree.At(user.Group);
        if (group is null)
        {
            return Refusals.ResourceGroupOutOfScope(call.BodyText("LocationGroupId")!);
        }

        var registration = Described(call, user, group);
        return IsEnrolled(call, registration) || !call.Uem.Registrations.Add(registration)
            ? Answer.Error(
                400,
                6181,
                "Found existing enrolled device record with the same attribute(s) which are required to be unique (UDID, Serial Number, or IMEI)."
            )
            : Answer.Empty();
    }

    private static Registration Described(ApiCall call, EnrollmentUser user, OrganizationGroup group)
    {
        var name = call.BodyText("FriendlyName") ?? "";
        return new Registration(
            user.Index,
            group.Index,
            name.Length == 0 ? $"{user.UserName} device" : name,
            call.BodyText("Ownership") ?? "Undefined",
            call.Body.Int("PlatformId") ?? 0,
            call.BodyText("SerialNumber") ?? "",
            call.BodyText("Udid") ?? "",
            call.BodyText("Imei") ?? "",
            call.BodyText("AssetNumber") ?? "",
            call.Uem.Time.GetUtcNow().UtcDateTime
        );
    }

    private static bool IsEnrolled(ApiCall call, Registration registration)
    {
        var fleet = call.Tenant.Fleet;
        return fleet.ByAlternate(AlternateKind.SerialNumber, registration.SerialNumber) is not null
            || fleet.ByAlternate(AlternateKind.Udid, registration.Udid) is not null
            || fleet.ByAlternate(AlternateKind.Imei, registration.Imei) is not null;
    }

    private static Answer Registered(ApiCall call)
    {
        if (Scope(call) is not { } scope)
        {
            return Refusals.ResourceGroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var found = call
            .Uem.Registrations.All.Where(row => call.Tenant.Tree.IsWithin(row.Group, scope.Index))
            .Where(row => call.Query("assetnumber") is null || call.QueryIs("assetnumber", row.AssetNumber))
            .Where(row => call.Query("platform") is null || call.QueryIs("platform", PlatformName(row.PlatformId)))
            .ToList();
        return found.Count == 0
            ? Answer.Nothing
            : Answer.Object(writer =>
                writer.Rows("RegisteredDeviceInfoList"u8, found, (row, one) => Write(row, call, one))
            );
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, Registration registration)
    {
        writer.WriteString("FriendlyName"u8, registration.FriendlyName);
        writer.WriteString("OrganizationGroup"u8, call.Tenant.Tree.At(registration.Group).Name);
        writer.WriteString("Platform"u8, PlatformName(registration.PlatformId));
        writer.WriteString("Username"u8, call.Tenant.People.User(registration.User).UserName);
        writer.WriteString("SerialNumber"u8, registration.SerialNumber);
        writer.WriteString("UDID"u8, registration.Udid);
        writer.WriteString("AssetNumber"u8, registration.AssetNumber);
        writer.Date("RegistrationDate"u8, registration.At);
        writer.WriteStartArray("CustomAttributes"u8);
        writer.WriteEndArray();
    }

    private static Answer DeleteMany(ApiCall call)
    {
        var by = call.Query("searchby")?.ToUpperInvariant();
        return by is not ("SERIALNUMBER" or "UDID" or "ASSETNUMBER" or "IMEINUMBER")
            ? DeviceIds.InvalidSearchBy
            : BulkResult.Of(
                call.BulkValues,
                value =>
                    call.Uem.Registrations.Remove(row => call.Sees(row.Group) && IdOf(row, by) == value) > 0
                        ? null
                        : new BulkFault(404, "Device Not Found")
            );
    }

    private static string IdOf(Registration registration, string by) =>
        by switch
        {
            "SERIALNUMBER" => registration.SerialNumber,
            "UDID" => registration.Udid,
            "ASSETNUMBER" => registration.AssetNumber,
            _ => registration.Imei,
        };

    private static Answer Enrolled(ApiCall call)
    {
        if (Scope(call) is not { } scope)
        {
            return Refusals.ResourceGroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var (since, till) = (call.QueryDate("enrolledsince"), call.QueryDate("enrolledtill"));
        var filter = new DeviceFilter(scope.Index)
        {
            EnrollmentStatus = "Enrolled",
            Platform = call.Query("platform"),
            SeenSince = call.QueryDate("seensince"),
            SeenTill = call.QueryDate("seentill"),
        };
        var found = call
            .Tenant.Fleet.List(filter)
            .Select(call.Tenant.Fleet.At)
            .Where(device => since is null || device.EnrolledOn >= since)
            .Where(device => till is null || device.EnrolledOn <= till)
            .Where(device => call.Query("serialnumber") is null || call.QueryIs("serialnumber", device.SerialNumber));
        return found.Any()
            ? Answer.Object(writer =>
                writer.Rows("EnrolledDeviceInfoList"u8, found, (row, device) => Write(row, call, device))
            )
            : Answer.Nothing;
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        writer.WriteNumber("DeviceID"u8, device.Id);
        writer.WriteString("FriendlyName"u8, device.FriendlyName);
        writer.WriteString("OrganizationGroup"u8, call.Tenant.Tree.At(device.Group).Name);
        writer.WriteString("Platform"u8, device.PlatformName);
        writer.WriteString("UserName"u8, call.Tenant.People.User(device.User).UserName);
        writer.WriteString("SerialNumber"u8, device.SerialNumber);
        writer.WriteString("AssetNumber"u8, device.AssetNumber);
        writer.Date("EnrolledDate"u8, device.EnrolledOn);
        writer.Date("LastSeen"u8, call.Tenant.Fleet.CheckIn(device).LastSeen);
        CustomAttributeRoutes.Write(writer, call, device, "Application");
    }

    private static OrganizationGroup? Scope(ApiCall call) =>
        call.Query("organizationgroup") is { } name
            ? call.Tenant.Tree.Find(name) is { } group && call.Sees(group.Index)
                ? group
                : null
            : call.GroupOrOwn("organizationgroupid");

    private static string PlatformName(int id) =>
        Enum.GetValues<DevicePlatform>()
            .Where(platform => Platforms.Id(platform) == id)
            .Select(Platforms.Name)
            .FirstOrDefault(id.ToString(CultureInfo.InvariantCulture));
}
