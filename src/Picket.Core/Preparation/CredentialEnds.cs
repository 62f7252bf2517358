using System.Globalization;

namespace Picket.Core.Preparation;

/// <summary>The day on which a credential ends, as an administrator typed it: no route of the UEM tells.</summary>
/// <param name="On">The last day on which it works, in UTC.</param>
/// <param name="WarnDays">So many days before, people are told.</param>
public readonly record struct CredentialEnds(DateOnly On, int WarnDays)
{
    public bool IsOver(DateOnly today) => today > On;

    public bool IsNear(DateOnly today) => today.DayNumber >= On.DayNumber - WarnDays;

    /// <summary>In a sentence without its full stop.</summary>
    public string Said(DateOnly today)
    {
        var day = On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return IsOver(today) ? $"the credential ended on {day}"
            : On == today ? $"the credential ends today, on {day}"
            : On.DayNumber - today.DayNumber == 1 ? $"the credential ends tomorrow, on {day}"
            : $"the credential ends on {day}, in {On.DayNumber - today.DayNumber} days";
    }
}
