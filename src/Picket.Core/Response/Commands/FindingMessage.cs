using System.Globalization;
using System.Text;
using Picket.Core.Deployment;
using Picket.Core.Risk;

namespace Picket.Core.Response;

/// <summary>How a message gets to the user. Stored by number: never renumber, only add.</summary>
public enum MessageChannel
{
    /// <summary>To the device, where it is shown.</summary>
    Push = 0,

    /// <summary>To the mail address that the UEM has of the user.</summary>
    Email = 1,
}

/// <summary>
/// What the user of a device is sent about a finding: plain text, what the catalogue says to the user and little more. It
/// holds no link, and what others named is cleaned of all that could be one.
/// </summary>
public static class FindingMessage
{
    /// <summary>Of a mail; the same whatever was found.</summary>
    public const string Subject = "About the device that you use for work";

    /// <summary>Names of apps and devices, in characters.</summary>
    private const int LongestName = 40;

    /// <summary>A name with more digits may be a number to call.</summary>
    private const int MostDigits = 6;

    /// <summary>What is said where somebody may read along: neither what was found, nor that something was.</summary>
    private const string Careful =
        "Please see your help desk in person when it suits you, about the device that you use for work. You need not do or change anything before.";

    private const string Closing =
        "This is from your organization. It asks for no password and needs no answer; your help desk can tell you that it is genuine.";

    /// <summary>Kinds whose text asks the user to do something with an app, which has to be told apart from others then.</summary>
    private static readonly string[] NamesApp = [FindingKinds.DeniedApp.Id, FindingKinds.LookAlike.Id];

    /// <param name="app">Name of the app that the finding is about, as the device tells it; null where it is not known.</param>
    /// <param name="device">What the device is called; null where it has no name.</param>
    /// <param name="watched">Whether somebody may watch what the user is sent.</param>
    /// <returns>Null where the catalogue says nothing to the user of such a finding, and nobody watches.</returns>
    public static string? Of(Finding finding, MessageChannel by, string? app, string? device, bool watched)
    {
        var said = FindingKinds.All.FirstOrDefault(kind => kind.Id == finding.Kind)?.Description.ForUser;
        if (watched)
        {
            return by == MessageChannel.Email ? $"{Careful}\n\n{Closing}" : Careful;
        }

        if (string.IsNullOrEmpty(said) || finding.UserIsNotTold)
        {
            return null;
        }

        var named = NamesApp.Contains(finding.Kind) && Cleaned(app) is { } appName ? $" It is called {appName}." : "";
        if (by == MessageChannel.Push)
        {
            // Cut is the name and never what to do.
            return said.Length + named.Length > NudgeRules.LongestPush ? said : said + named;
        }

        var whose = Cleaned(device) is { } deviceName ? $"\n\nThe device is called {deviceName}." : "";
        return $"{said}{named}{whose}\n\n{Closing}";
    }

    /// <summary>
    /// Letters, digits and spaces of a name. Whoever names an app, or a device, could write to the user in the
    /// organization's name otherwise: addresses and numbers to call do not survive.
    /// </summary>
    /// <returns>Null where nothing is left.</returns>
    private static string? Cleaned(string? name)
    {
        var kept = new StringBuilder();
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            var keep = Rune.IsLetterOrDigit(rune) || IsMark(rune) || rune.Value is '-' or '\'' or '&';
            if (keep && kept.Length + rune.Utf16SequenceLength <= LongestName)
            {
                kept.Append(rune.ToString());
            }
            else if (!keep && kept.Length is > 0 and < LongestName && kept[^1] != ' ')
            {
                kept.Append(' ');
            }
        }

        var cleaned = kept.ToString().Trim();
        return cleaned.Length == 0 || cleaned.Count(char.IsDigit) > MostDigits ? null : cleaned;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
