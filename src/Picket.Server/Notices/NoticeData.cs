using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Api;

namespace Picket.Server.Notices;

/// <summary>What a notice says to programs, and the row that waits for its way.</summary>
internal static class NoticeData
{
    public const string Test = "test";
    public const string Digest = "digest";

    /// <summary>How the key of a delivery ends that says that a trouble is over.</summary>
    public const string Resolved = ":resolved";

    /// <summary>For example <c>sync-silent.raised</c>.</summary>
    public static string TypeOf(NoticeKind kind, string phase) =>
        $"{JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}")}.{phase}";

    public static JsonObject Of(Guid? integration, string state, string title, string? page) =>
        new()
        {
            ["integrationId"] = integration?.ToString(),
            ["state"] = state,
            ["title"] = title,
            ["page"] = page,
        };

    public static NoticeDeliveryRow Delivery(
        NoticeChannelRow channel,
        string key,
        string type,
        string title,
        string text,
        JsonObject data,
        DateTimeOffset now,
        Guid? notice = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            ChannelId = channel.Id,
            NoticeId = notice,
            Key = key,
            Type = type,
            Title = title,
            Text = text,
            Data = data.ToJsonString(),
            CreatedAt = now,
            NextTryAt = now,
        };

    /// <summary>A webhook's id: the same in each try.</summary>
    public static string MessageId(NoticeDeliveryRow delivery) => $"msg_{delivery.Id:N}";

    /// <summary>The same bytes in each try.</summary>
    public static byte[] Body(NoticeDeliveryRow delivery)
    {
        var data = JsonNode.Parse(delivery.Data)!.AsObject();
        data["text"] = delivery.Text;
        var body = new JsonObject
        {
            ["type"] = delivery.Type,
            ["timestamp"] = delivery.CreatedAt.UtcDateTime.ToString("O"),
            ["data"] = data,
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
