using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Where a notice is on its way through a channel.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeDeliveryState>))]
public enum NoticeDeliveryState
{
    /// <summary>It waits for its first or its next try.</summary>
    Waiting,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>It was given up; a person can have it sent again.</summary>
    Dead,
}

/// <summary>One notice on its way through one channel.</summary>
public sealed record NoticeDeliveryView
{
    /// <summary>Picket's id. A webhook's <c>webhook-id</c> is <c>msg_</c> and this id without hyphens, the same in each try.</summary>
    public Guid Id { get; init; }

    /// <summary>The channel.</summary>
    public Guid ChannelId { get; init; }

    /// <summary>What the channel is called.</summary>
    public required string Channel { get; init; }

    /// <summary>What is told, as the <c>type</c> of a webhook's body, e.g. <c>sync-silent.raised</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The notice in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The notice, with the next step.</summary>
    public required string Text { get; init; }

    /// <summary>Where it is.</summary>
    public NoticeDeliveryState State { get; init; }

    /// <summary>How often it was tried since it was made or sent again.</summary>
    public int Tries { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last try.</summary>
    public DateTimeOffset? LastTryAt { get; init; }

    /// <summary>What came of the last try, at most 300 characters, of the other side's own words at most 200.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>When it is tried next; null once it arrived or was given up.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>When the other side took it.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}
