using System.Globalization;

namespace Picket.Core.Response;

/// <summary>
/// Stops a run that would put many apps into app groups or take many out: a wrong feed or policy shows itself so, and what a
/// UEM does about a denied app reaches every device that has it.
/// </summary>
/// <param name="Most">Apps that one run may add and take out before a person is asked; 0 asks each time.</param>
public sealed record AppGroupBrake(int Most = AppGroupBrake.Usual)
{
    public const int Usual = 10;
    public const int Largest = 1000;

    /// <param name="changes">Apps that the run would add or take out, over all its groups.</param>
    /// <param name="accepted">How many a person accepted for it; null when nobody was asked.</param>
    /// <returns>Why it is held; null when it may go on.</returns>
    public string? Holds(int changes, int? accepted) =>
        changes <= 0 || changes <= Most || changes <= accepted
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{changes} apps would be added to or taken out of app groups, more than the {Most} of one run. Look at what changed, then approve or discard the run."
            );
}
