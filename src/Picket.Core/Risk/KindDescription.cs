namespace Picket.Core.Risk;

/// <summary>What people should know of a kind of finding before they trust it.</summary>
/// <param name="Meaning">For the administrator: what is wrong, in general; a finding's own text adds what to do.</param>
/// <param name="ForUser">
/// For the person who carries the device: plain, kind, what to do. Empty where telling could harm that person.
/// </param>
/// <param name="Needs">Facts without which it is neither found nor ended.</param>
/// <param name="CannotSee">What escapes it even when all of these are known.</param>
public sealed record KindDescription(string Meaning, string ForUser, IReadOnlyList<FactName> Needs, string CannotSee)
{
    /// <summary>What a feed has to say for it; null where the device's own facts are enough.</summary>
    public string? NeedsFeed { get; init; }
}
