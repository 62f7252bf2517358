namespace Picket.Core.Devices;

/// <summary>Why a fact is missing. The first value is what a forgotten fact gets: never a harmless one.</summary>
public enum MissingReason
{
    /// <summary>Nobody has asked for it yet (the call budget comes first to the stalest devices).</summary>
    NeverCollected,

    /// <summary>The UEM was asked and leaves the field out.</summary>
    NotReported,

    /// <summary>The UEM's privacy settings hide it for this ownership.</summary>
    HiddenByPrivacy,

    /// <summary>The reading of it failed.</summary>
    ReadFailed,

    /// <summary>It was collected, but too long ago to clear anything.</summary>
    TooOld,

    /// <summary>A value came that cannot be understood.</summary>
    NotUnderstood,

    /// <summary>Such a device has no such fact; never held against it.</summary>
    NotApplicable,

    /// <summary>The fact is known, but no loaded feed says anything about it.</summary>
    NoFeed,

    /// <summary>A feed that says something about it cannot be read.</summary>
    FeedUnreadable,

    /// <summary>The feed that says something about it is too old to clear anything.</summary>
    FeedTooOld,

    /// <summary>Picket does not ask the UEM for it.</summary>
    NotCollected,

    /// <summary>It is kept in a form that cannot be tested against all that is in force.</summary>
    Untested,

    /// <summary>The UEM does not manage the device (any more), so what is known describes the past.</summary>
    NotEnrolled,

    /// <summary>It concerns the user's own side of the device, which no UEM is shown.</summary>
    PersonalSide,
}

/// <summary>Something known about a device with the time of its collection, or the reason why it is not known.</summary>
public readonly record struct Fact<T>
{
    private readonly T? _value;

    internal Fact(T value, DateTimeOffset? collectedAt)
    {
        _value = value;
        IsKnown = true;
        CollectedAt = collectedAt;
    }

    internal Fact(MissingReason reason) => Reason = reason;

    public bool IsKnown { get; }

    /// <summary>Only meaningful when the fact is not known.</summary>
    public MissingReason Reason { get; }

    /// <summary>Null when the source does not tell; such a fact has no age and is not called too old.</summary>
    public DateTimeOffset? CollectedAt { get; }

    public T Value => IsKnown ? _value! : throw new InvalidOperationException($"The fact is not known: {Reason}.");

    public bool TryGet(out T value)
    {
        value = _value!;
        return IsKnown;
    }

    public override string ToString() => IsKnown ? $"{_value}" : $"({Reason})";

    public TimeSpan? AgeAt(DateTimeOffset now) => CollectedAt is { } at ? now - at : null;
}

public static class Fact
{
    public static Fact<T> Known<T>(T value, DateTimeOffset? collectedAt = null) => new(value, collectedAt);

    public static Fact<T> Missing<T>(MissingReason reason) => new(reason);

    /// <summary>Known when there is a value, else missing because the UEM left it out.</summary>
    public static Fact<T> From<T>(T? value, DateTimeOffset? collectedAt = null)
        where T : struct => value is { } known ? new(known, collectedAt) : new(MissingReason.NotReported);

    /// <inheritdoc cref="From{T}(T?, DateTimeOffset?)"/>
    public static Fact<string> From(string? value, DateTimeOffset? collectedAt = null) =>
        string.IsNullOrWhiteSpace(value) ? new(MissingReason.NotReported) : new(value, collectedAt);
}
