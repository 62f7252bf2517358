namespace Picket.Core.Response;

/// <summary>
/// What a wipe was approved for: this device, in these hands, since this enrolment. A device that went to somebody else
/// meanwhile is another one.
/// </summary>
/// <param name="Uuid">The UEM's unique id; null where it is not known.</param>
/// <param name="Serial">Serial number; null where the device has none.</param>
/// <param name="User">The UEM's number of the enrolment user; null where it has none.</param>
/// <param name="EnrolledAt">When it was last enrolled; null where it is not known.</param>
public sealed record WipeBinding(Guid? Uuid, string? Serial, int? User, DateTimeOffset? EnrolledAt)
{
    // Listings and single devices may tell fractions of a second differently.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    /// <summary>Without a unique id and an enrolment time nothing can be bound.</summary>
    public bool IsWhole => Uuid is not null && EnrolledAt is not null;

    /// <summary>Whether the device that was read just now is still that one. What is not known now is not the same.</summary>
    public bool Holds(WipeBinding now) =>
        IsWhole
        && now.IsWhole
        && Uuid == now.Uuid
        && string.Equals(Serial ?? "", now.Serial ?? "", StringComparison.OrdinalIgnoreCase)
        && User == now.User
        && (EnrolledAt!.Value - now.EnrolledAt!.Value).Duration() <= SameMoment;
}
