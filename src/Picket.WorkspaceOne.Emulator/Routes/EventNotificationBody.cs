using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>A subscription as the API takes and tells it.</summary>
internal static class EventNotificationBody
{
    private const int Most = 100;
    private const int LongestText = 512;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly DeviceEvents[] Boxes =
    [
        .. Enum.GetValues<DeviceEvents>().Where(box => box is not (DeviceEvents.None or DeviceEvents.Attributes)),
    ];

    private sealed record Body(
        string? TargetName,
        string? TargetUrl,
        string? Username,
        string? Password,
        EventFormat? Format,
        bool? IsActive,
        int? OrganizationGroupId,
        Guid? OrganizationGroupUuid
    );

    /// <param name="had">Null: a new one. Else what the body leaves out stays as it is.</param>
    public static (EventSubscription? Row, Answer? Refusal) Read(ApiCall call, EventSubscription? had)
    {
        if (Parse(call) is not { } body)
        {
            return (null, Answer.Error(400, 1036, "InvalidRequest"));
        }

        if (GroupOf(call, body, had) is not { } group)
        {
            return (
                null,
                Answer.Error(
                    404,
                    8,
                    "Requested Organization Group was not found or user is not authorized to access it."
                )
            );
        }

        var name = body.TargetName ?? had?.Name;
        if (
            !Uri.TryCreate(body.TargetUrl ?? had?.Target.ToString(), UriKind.Absolute, out var target)
            || target.Scheme is not ("https" or "http")
        )
        {
            return (null, Answer.Error(400, 6, "Target URL is not valid."));
        }

        if (NameProblem(call, name, had) is { } problem)
        {
            return (null, Answer.Error(400, 6, problem));
        }

        return (Row(call, body, had, name!, target, group), null);
    }

    public static void Write(Utf8JsonWriter writer, ApiCall call, EventSubscription row)
    {
        var group = call.Tenant.Tree.At(row.Group);
        writer.WriteString("TargetName"u8, row.Name);
        writer.WriteString("TargetUrl"u8, row.Target.ToString());
        writer.WriteString("Username"u8, row.Username);
        writer.WriteString("Format"u8, row.Format.ToString());
        writer.WriteBoolean("IsActive"u8, row.Active);
        writer.WriteStartObject("DeviceEvents"u8);
        WriteBoxes(writer, row.Events, Boxes.Where(box => !DeviceEvents.Attributes.HasFlag(box)));
        writer.WriteStartObject("DeviceAttributes"u8);
        WriteBoxes(writer, row.Events, Boxes.Where(box => DeviceEvents.Attributes.HasFlag(box)));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteNumber("organizationGroupId"u8, group.Id);
        writer.WriteString("organizationGroupUuid"u8, group.Uuid);
        writer.WriteNumber("id"u8, row.Id);
        writer.WriteString("uuid"u8, row.Uuid);
    }

    private static Body? Parse(ApiCall call)
    {
        try
        {
            return call.Body.Deserialize<Body>(Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OrganizationGroup? GroupOf(ApiCall call, Body body, EventSubscription? had) =>
        body.OrganizationGroupUuid is { } uuid && uuid != Guid.Empty ? call.VisibleGroup(uuid)
        : body.OrganizationGroupId is { } id and not 0 ? call.VisibleGroup(id)
        : call.Tenant.Tree.At(had?.Group ?? call.Scope.Index);

    private static string? NameProblem(ApiCall call, string? name, EventSubscription? had)
    {
        var others = call.Uem.Subscriptions.All.Where(row => row.Id != had?.Id).ToList();
        return string.IsNullOrWhiteSpace(name) || name.Length > LongestText ? "Target Name is required."
            : others.Any(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ? "An event notification with the same name already exists."
            : others.Count >= Most ? "There are too many event notifications."
            : null;
    }

    private static EventSubscription Row(
        ApiCall call,
        Body body,
        EventSubscription? had,
        string name,
        Uri target,
        OrganizationGroup group
    ) =>
        new(
            had?.Id ?? 0,
            had?.Uuid ?? default,
            name,
            target,
            body.Username ?? had?.Username ?? "",
            body.Password ?? had?.Password ?? "",
            body.Format ?? had?.Format ?? EventFormat.Json,
            body.IsActive ?? had?.Active ?? true,
            group.Index,
            BoxesOf(call, had?.Events ?? DeviceEvents.None)
        );

    private static DeviceEvents BoxesOf(ApiCall call, DeviceEvents had)
    {
        if (Member(call.Body, "DeviceEvents") is not { ValueKind: JsonValueKind.Object } events)
        {
            return had;
        }

        var nested = Member(events, "DeviceAttributes") ?? default;
        return Boxes
            .Where(box =>
                Member(DeviceEvents.Attributes.HasFlag(box) ? nested : events, box.ToString())
                    is { ValueKind: JsonValueKind.True }
            )
            .Aggregate(DeviceEvents.None, (all, box) => all | box);
    }

    private static JsonElement? Member(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in parent.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static void WriteBoxes(Utf8JsonWriter writer, DeviceEvents ticked, IEnumerable<DeviceEvents> boxes)
    {
        foreach (var box in boxes)
        {
            writer.WriteBoolean(box.ToString(), ticked.HasFlag(box));
        }
    }
}
