namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>One notification on its way to one subscriber.</summary>
public sealed record EventDelivery(
    long Number,
    int Subscription,
    Uri Target,
    string EventType,
    int Device,
    DateTimeOffset At,
    string Body,
    DeliveryState State = DeliveryState.Waiting,
    int Attempts = 0,
    int? Status = null,
    string? Problem = null
);

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up after the last attempt; never sent again.</summary>
    Failed,

    /// <summary>Never tried: too many were waiting.</summary>
    Dropped,
}
