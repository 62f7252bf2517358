namespace Picket.Api;

/// <summary>An enrolment user with what Picket knows around them.</summary>
public sealed record UserDetails
{
    /// <summary>The user as in lists.</summary>
    public required UserView User { get; init; }

    /// <summary>Devices of the fleet that the UEM says are theirs, by level. There is no level of a person.</summary>
    public required LevelCounts Devices { get; init; }

    /// <summary>Devices of theirs that left the fleet, of which Picket keeps the history.</summary>
    public int DevicesGone { get; init; }

    /// <summary>Findings that are true now, on all of these devices.</summary>
    public int Findings { get; init; }

    /// <summary>User groups that they are in, as they were read last.</summary>
    public int Groups { get; init; }

    /// <summary>When Picket first saw the user.</summary>
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When a full run last read the users of the integration; null when none did.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Since when the UEM no longer lists the user; null while it does.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Since when the user is kept without a name; null where they are not erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>Confirms an erasure.</summary>
/// <param name="Name">
/// The person's sign-in name as Picket keeps it, letter case ignored; their number in the UEM where no name is kept.
/// </param>
public sealed record EraseUser(string Name);

/// <summary>What an erasure removes, or removed.</summary>
/// <param name="Remembered">
/// True while the UEM still knows the person: their number in the UEM is kept, so that no later reading brings the name
/// back. False when they are gone from it: then nothing of them is kept.
/// </param>
/// <param name="Users">Rows of users that lose name, sign-in name, address and uuid, or go: 1, or 0 when that was done.</param>
/// <param name="Groups">Memberships of user groups that go.</param>
/// <param name="Devices">Devices that lose the person's name and the friendly name; they stay, as they are the organization's.</param>
/// <param name="HistoryEntries">Entries in the history of devices that lose the names in them.</param>
/// <param name="NamedElsewhere">
/// Devices of others whose friendly name holds the sign-in name: the next reading would bring it back, so it is to be
/// changed in the UEM.
/// </param>
/// <param name="ImportLines">Lines of import files about the person or their devices that are forgotten; one that waits is not sent any more.</param>
public sealed record ErasureView(
    bool Remembered,
    int Users,
    int Groups,
    int Devices,
    int HistoryEntries,
    int NamedElsewhere,
    int ImportLines
);
