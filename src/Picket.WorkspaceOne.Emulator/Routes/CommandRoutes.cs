using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Commands to one device and to many. An accepted one is queued; the device takes it when it next reports.</summary>
internal static class CommandRoutes
{
    private const int LongestMessage = 256;

    private static readonly Answer Accepted = Answer.Empty(StatusCodes.Status202Accepted);
    private static readonly Answer NotFoundV2 = Answer.Error(404, 8, "Device not found");

    public static void Add(RouteTable routes)
    {
        routes.Post("mdm/devices/{id}/commands", (1, ById));
        routes.Post("mdm/devices/commands", (1, ByAlternateId));
        routes.Post("mdm/devices/commands/bulk", (1, Bulk));
        routes.Post("mdm/devices/{id}/commands/{command}", (1, NamedById), (2, NamedByUuid));
        routes.Post("mdm/devices/commands/{command}", (2, NamedToMany));
        routes.Post("mdm/devices/commands/{command}/device/{searchBy}/{id}", (2, NamedByAlternateId));
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : call.VisibleDevice(call.Tenant.Fleet.ById(id)) is { } device ? Send(call, device, call.Query("command"))
        : Answer.Error(404, 404, "Device not found for specified id");

    private static Answer ByAlternateId(ApiCall call) =>
        DeviceSearch.Knows(call.Query("searchby")) is false ? DeviceSearch.InvalidSearchBy
        : DeviceSearch.Find(call, call.Query("searchby"), call.Query("id")) is { } device
            ? Send(call, device, call.Query("command"))
        : Answer.Error(404, 404, "Device not found");

    // The older routes that carry a command's name in their path, such as changepasscode.
    private static Answer NamedById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? NamedByUuid(call)
        : call.VisibleDevice(call.Tenant.Fleet.ById(id)) is { } device ? Send(call, device, call.Route("command"))
        : Answer.Error(404, 404, "Device not found for specified id");

    private static Answer Send(ApiCall call, Device device, string? name)
    {
        if (CommandKind.Find(name) is not { } kind)
        {
            return Answer.Error(422, 422, "Invalid command type");
        }

        if (RightProblem(call, kind) is { } refusal)
        {
            return refusal;
        }

        if (!kind.Fits(device.Platform))
        {
            return kind.Platforms is [DevicePlatform.Macos]
                ? Answer.Error(400, 21, "This feature is only supported by macOS devices.")
                : Answer.Error(400, 21, $"Functionality not supported for device type : {device.PlatformName}.");
        }

        if (!MayCommand(device))
        {
            return Answer.Error(400, 400, "Device is not enrolled.");
        }

        var xml = call.BodyText("CommandXml");
        if (kind == CommandKind.CustomMdmCommand && string.IsNullOrWhiteSpace(xml))
        {
            return Answer.Error(400, 400, "Command XML cannot be null or empty.");
        }

        call.Uem.Life.Issue(device, kind, call.Caller.Name, CommandSource.Api, xml);
        return Accepted;
    }

    private static Answer NamedByUuid(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) is { } device ? SendNamed(call, [device])
        : NotFoundV2;

    private static Answer NamedByAlternateId(ApiCall call) =>
        DeviceSearch.Knows(call.Route("searchBy")) is false ? Answer.Error(422, 6, "Invalid searchby parameter.")
        : DeviceSearch.Find(call, call.Route("searchBy"), call.Route("id")) is { } device ? SendNamed(call, [device])
        : NotFoundV2;

    private static Answer NamedToMany(ApiCall call)
    {
        var devices = call.BodyList("device_uuids")
            .Select(text => Guid.TryParse(text, out var uuid) ? call.Tenant.Fleet.ByUuid(uuid) : null)
            .Select(call.VisibleDevice)
            .ToList();
        if (devices.Count == 0 || devices.Contains(null))
        {
            return NotFoundV2;
        }

        var limit = call.Uem.BulkLimits.Of(CommandKind.Find(call.Route("command")) ?? CommandKind.Lock);
        return devices.Count > limit ? BulkInput.TooMany : SendNamed(call, devices!);
    }

    /// <summary>The newer forms: all devices or none.</summary>
    private static Answer SendNamed(ApiCall call, IReadOnlyList<Device> devices)
    {
        if (CommandKind.Find(call.Route("command")) is not { } kind)
        {
            return Answer.Error(400, 5101, "Command not found for the input device and command type.");
        }

        if (RightProblem(call, kind) is { } refusal)
        {
            return refusal;
        }

        var message = call.BodyText("message");
        if (message?.Length > LongestMessage)
        {
            return Answer.Error(422, 1012, "The field Message must be a string with a maximum length of 256.");
        }

        if (devices.Any(device => !kind.Fits(device.Platform)))
        {
            return Answer.Error(400, 5102, "Command is not supported.");
        }

        if (!devices.All(MayCommand))
        {
            return Answer.Error(400, 400, "Device is not enrolled.");
        }

        foreach (var device in devices)
        {
            call.Uem.Life.Issue(device, kind, call.Caller.Name, CommandSource.Api, message);
        }

        return Accepted;
    }

    private static Answer Bulk(ApiCall call)
    {
        var kind = CommandKind.Find(call.Query("command"));
        if (kind is null)
        {
            return Answer.Error(422, 422, "Invalid command parameter.");
        }

        if (kind.BulkName is null)
        {
            return Answer.Error(422, 422, "Lock, UnEnroll and ScheduleOsUpdate are the only allowed bulk commands.");
        }

        if (RightProblem(call, kind) is { } refusal)
        {
            return refusal;
        }

        return BulkInput.Run(
            call,
            call.Uem.BulkLimits.Of(kind),
            call.Uem.Options.BulkCommandStatus,
            device => call.Uem.Life.Issue(device, kind, call.Caller.Name, CommandSource.BulkApi)
        );
    }

    internal static bool MayCommand(Device device) =>
        device.EnrollmentStatus is "Enrolled" or "EnterpriseWipePending" or "DeviceWipePending";

    private static Answer? RightProblem(ApiCall call, CommandKind kind) =>
        RouteNeeds.OfCommand(kind.Name) is { Right: { } right } need && !call.Grants(right)
            ? Refusals.RightMissing(need.RefusalCode, right.ToString())
            : null;
}
