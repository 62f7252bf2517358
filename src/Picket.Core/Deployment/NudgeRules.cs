namespace Picket.Core.Deployment;

/// <summary>To whom a message may go, and what it may say.</summary>
public static class NudgeRules
{
    /// <summary>Devices. More need somebody who may approve: a message cannot be taken back.</summary>
    public const int MostWithoutApproval = 200;

    /// <summary>Devices of one nudge, whoever asks for it.</summary>
    public const int MostDevices = 10_000;

    /// <summary>Characters: as many as the UEM takes with a command, and no source tells of more.</summary>
    public const int LongestPush = 256;
    public const int LongestMail = 2_000;
    public const int LongestSubject = 100;

    /// <summary>Whether the person behind a device can do something about it.</summary>
    public static bool Helps(FunnelGap gap) =>
        gap
            is FunnelGap.NotSeen
                or FunnelGap.Pending
                or FunnelGap.Failed
                or FunnelGap.Removed
                or FunnelGap.NotActivated
                or FunnelGap.NotReporting;

    /// <summary>All mistakes at once, by field.</summary>
    /// <param name="subject">Of a mail; null for none.</param>
    public static IReadOnlyDictionary<string, string[]> Check(FunnelGap gap, bool mail, string? subject, string? text)
    {
        var mistakes = new Dictionary<string, string[]>();
        var longest = mail ? LongestMail : LongestPush;
        if (!Helps(gap))
        {
            mistakes["gap"] =
            [
                "At this gap the person behind the device can do nothing. A message goes to NotSeen, Pending, Failed, Removed, NotActivated or NotReporting.",
            ];
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
        {
            mistakes["text"] = [$"The text of a {(mail ? "mail" : "push")} has 1 to {longest} characters."];
        }
        else if (text.Any(each => char.IsControl(each) && each is not ('\n' or '\r' or '\t')))
        {
            mistakes["text"] = ["A text has no control characters but line breaks and tabs."];
        }

        if (!mail && !string.IsNullOrEmpty(subject))
        {
            mistakes["subject"] = ["A push has no subject."];
        }
        else if (
            mail
            && (string.IsNullOrWhiteSpace(subject) || subject.Length > LongestSubject || subject.Any(char.IsControl))
        )
        {
            mistakes["subject"] = [$"The subject of a mail has 1 to {LongestSubject} characters, on one line."];
        }

        return mistakes;
    }
}
