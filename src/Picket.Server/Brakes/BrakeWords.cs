using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Brakes;

/// <summary>Brakes as the console names them.</summary>
internal static class BrakeWords
{
    public static string Of(NeverTouchKind kind) =>
        kind switch
        {
            NeverTouchKind.Device => T("Device"),
            NeverTouchKind.User => T("User"),
            NeverTouchKind.UserGroup => T("User group"),
            _ => T("Organization group"),
        };

    /// <summary>The limits in one line.</summary>
    public static string Of(TagBrakeSettings brake) =>
        string.Join(
            ", ",
            new[]
            {
                T("{0}% of the fleet within an hour, or {1} devices", $"{brake.Percent:0.##}", $"{brake.Least:N0}"),
                brake.PerRun is { } run ? T("{0} in one run", $"{run:N0}") : null,
                brake.PerHour is { } hour ? T("{0} within an hour", $"{hour:N0}") : null,
                brake.GroupPercent is { } group ? T("{0}% of one organization group", $"{group:0.##}") : null,
            }.OfType<string>()
        );

    public static string HintOf(NeverTouchKind kind) =>
        kind switch
        {
            NeverTouchKind.Device => T("Its serial number, or the UEM's number for it; the serial number is kept."),
            NeverTouchKind.User => T("The sign-in name, or the UEM's number."),
            NeverTouchKind.UserGroup => T("The name of the group; all devices of its members are meant."),
            _ => T("Its name, its uuid, or the last names of its path; all that is below it is meant, too."),
        };
}
