using System.Globalization;

namespace Picket.Core.Response;

/// <summary>
/// Stops a run that would put many apps into app groups or take many out: a wrong feed or policy shows itself so, and what a
/// UEM does about a denied app reaches every device that has it.
/// </summary>
/// <param name="Most">Apps that may be added and taken out within an hour before a person is asked; 0 asks each time.</param>
public sealed record AppGroupBrake(int Most = AppGroupBrake.Usual)
{
    public const int Usual = 10;
    public const int Largest = 1000;

    /// <summary>What went without a person's word counts so long: a feed that is wrong a little each minute is wrong.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>What a new policy changes first is looked at by a person, however little it is.</summary>
    public static string FirstRun(int changes, int version) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Version {version} of the policy is new, and this is the first run of the lists under it: {changes} {(changes == 1 ? "app" : "apps")} would be added or taken out. Look at what changed, then approve or discard the run."
        );

    /// <param name="changes">Apps that the run would add or take out, over all its groups.</param>
    /// <param name="accepted">How many a person accepted for it; null when nobody was asked.</param>
    /// <param name="recent">Apps that were added or taken out within <see cref="Window"/> without a person's word.</param>
    /// <returns>Why it is held; null when it may go on.</returns>
    public string? Holds(int changes, int? accepted, int recent = 0)
    {
        if (changes <= 0 || changes + recent <= Most || changes <= accepted)
        {
            return null;
        }

        var besides =
            recent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", after {recent} within the last hour");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{changes} {(changes == 1 ? "app" : "apps")} would be added to or taken out of app groups{besides}, more than the {Most} of one hour. Look at what changed, then approve or discard the run."
        );
    }
}
