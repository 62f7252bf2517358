using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Messages to devices by push, mail and SMS. A push waits for the device; the others go out at once.</summary>
internal static class MessageRoutes
{
    private static readonly (string Path, CommandKind Kind)[] Channels =
    [
        ("push", CommandKind.Message),
        ("message", CommandKind.Message),
        ("email", CommandKind.Mail),
        ("sms", CommandKind.Sms),
    ];

    public static void Add(RouteTable routes)
    {
        foreach (var (path, kind) in Channels)
        {
            routes.Post($"mdm/devices/{{id}}/messages/{path}", (1, call => ById(call, kind)));
            routes.Post($"mdm/devices/messages/{path}", (1, call => ByAlternateId(call, kind)));
        }

        routes.Post("mdm/devices/messages/{id}/message", (1, call => ById(call, CommandKind.Message)));
        routes.Post("mdm/devices/messages/bulkpush", (1, call => Bulk(call, CommandKind.Message)));
        routes.Post("mdm/devices/messages/bulkemail", (1, call => Bulk(call, CommandKind.Mail)));
        routes.Post("mdm/devices/messages/bulksms", (1, call => Bulk(call, CommandKind.Sms)));
    }

    private static Answer ById(ApiCall call, CommandKind kind)
    {
        var fleet = call.Tenant.Fleet;
        if (call.RouteInt("id") is null && call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        var device =
            call.RouteInt("id") is { } id ? fleet.ById(id)
            : call.RouteGuid("id") is { } uuid ? fleet.ByUuid(uuid)
            : null;
        return Send(call, call.VisibleDevice(device), kind);
    }

    private static Answer ByAlternateId(ApiCall call, CommandKind kind) =>
        DeviceSearch.Knows(call.Query("searchby")) is false
            ? DeviceSearch.InvalidSearchBy
            : Send(call, DeviceSearch.Find(call, call.Query("searchby"), call.Query("id")), kind);

    private static Answer Send(ApiCall call, Device? device, CommandKind kind)
    {
        if (device is null)
        {
            return Answer.Error(404, 404, "Device not found for specified id");
        }

        if (BodyProblem(call) is { } problem)
        {
            return problem;
        }

        if (!CommandRoutes.MayCommand(device))
        {
            return Answer.Error(400, 400, "Device is not enrolled.");
        }

        Issue(call, device, kind, CommandSource.Api);
        return Answer.Empty(StatusCodes.Status202Accepted);
    }

    private static Answer Bulk(ApiCall call, CommandKind kind) =>
        BodyProblem(call)
        ?? BulkInput.Run(
            call,
            call.Uem.BulkLimits.Of(kind),
            StatusCodes.Status202Accepted,
            device => Issue(call, device, kind, CommandSource.BulkApi)
        );

    // The texts of these refusals are not documented.
    private static Answer? BodyProblem(ApiCall call) =>
        string.IsNullOrWhiteSpace(call.BodyText("MessageBody"))
            ? Answer.Error(422, 1012, "The MessageBody field is required.")
            : null;

    private static void Issue(ApiCall call, Device device, CommandKind kind, CommandSource source) =>
        call.Uem.Life.Issue(
            device,
            kind,
            call.Caller.Name,
            source,
            call.BodyText("MessageBody"),
            kind == CommandKind.Mail ? call.BodyText("Subject") : null
        );
}
