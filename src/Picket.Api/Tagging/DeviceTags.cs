namespace Picket.Api;

/// <summary>Picket's tags on one device: what is wanted in the UEM, and what is there.</summary>
/// <param name="Writing">False while nothing is written to the UEM: then nothing becomes as it is wanted.</param>
/// <param name="Tags">The tag of the device's level, where that has one, and every tag of Picket's that it carries.</param>
public sealed record DeviceTagsView(bool Writing, IReadOnlyList<DeviceTag> Tags)
{
    /// <summary>Why Picket leaves the device as it is, whatever is wanted; null where it does not.</summary>
    public NeverTouchedView? NeverTouched { get; init; }

    /// <summary>The change by others that the device is left with until a person decides; null where there is none.</summary>
    public Guid? DriftId { get; init; }
}

/// <summary>One tag on a device. It is as it should be when it is wanted and confirmed.</summary>
/// <param name="Name">Name of the tag.</param>
/// <param name="Wanted">True when the device should carry it.</param>
/// <param name="ConfirmedAt">When it was read back from the UEM that the device carries it; null when it does not.</param>
/// <param name="LastWrite">The newest write of this tag to this device; null when there was none.</param>
public sealed record DeviceTag(string Name, bool Wanted, DateTimeOffset? ConfirmedAt, DeviceTagWrite? LastWrite);

/// <summary>A write of a tag to one device.</summary>
/// <param name="LedgerId">The write in the ledger.</param>
/// <param name="Adds">True when it puts the tag on the device, false when it takes it off.</param>
/// <param name="State">Where it stands for this device.</param>
/// <param name="At">When it came to that.</param>
/// <param name="ErrorCode">The UEM's error code.</param>
/// <param name="Message">What the UEM said, or why it is not known.</param>
public sealed record DeviceTagWrite(
    Guid LedgerId,
    bool Adds,
    LedgerState State,
    DateTimeOffset At,
    int? ErrorCode,
    string? Message
);
