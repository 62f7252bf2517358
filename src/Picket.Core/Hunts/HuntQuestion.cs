using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Risk;

namespace Picket.Core.Hunts;

/// <summary>What a hunt looks for.</summary>
public enum HuntSubject
{
    /// <summary>One app, by its exact id.</summary>
    App,

    /// <summary>Apps whose id fits a pattern: <c>*</c> and <c>?</c>, or a regular expression between slashes.</summary>
    AppPattern,

    /// <summary>A version or a range of versions of an operating system, with or without its name before it.</summary>
    OsVersion,

    /// <summary>A day or a range of days of Android's security patch level.</summary>
    PatchLevel,

    /// <summary>A model, by identifier or by the name that the UEM gives it, however it is written.</summary>
    Model,

    /// <summary>All indicators of a feed in force.</summary>
    Feed,
    Certificate,
    Profile,
    FileHash,
    Domain,
}

/// <summary>A question as it can be asked of the history, or why it cannot.</summary>
/// <param name="Mistake">What is wrong with the value; null when it is understood.</param>
/// <param name="NotTestable">Why no answer can be had from what a UEM tells; null when one can.</param>
public sealed record HuntQuestion(HuntSubject Subject, string Value, string? Mistake = null, string? NotTestable = null)
{
    private const int LongestValue = 256;

    /// <summary>"Apple" are iPhones and iPads, "Mobile" are these and Android: feeds make no finer difference.</summary>
    private static readonly string[] SystemNames = ["iOS", "iPadOS", "Android", "macOS", "Windows", "Apple", "Mobile"];

    /// <summary>Of a version: the system that is asked about; null for every one.</summary>
    public string? Platform { get; private init; }

    private ValueRange<OsVersion>? Versions { get; init; }

    private ValueRange<DateOnly>? Days { get; init; }

    private Regex? Pattern { get; init; }

    public static HuntQuestion Of(HuntSubject subject, string? value)
    {
        var text = value?.Trim() ?? "";
        var question = new HuntQuestion(subject, text);
        if (text.Length is 0 or > LongestValue)
        {
            return question with { Mistake = $"Say what to look for, in 1 to {LongestValue} characters." };
        }

        return subject switch
        {
            HuntSubject.AppPattern => OfPattern(question),
            HuntSubject.OsVersion => OfVersions(question),
            HuntSubject.PatchLevel => OfDays(question),
            HuntSubject.App or HuntSubject.Model or HuntSubject.Feed => question,
            _ => question with { NotTestable = WhyNot(subject) },
        };
    }

    /// <summary>What an indicator of versions, patch levels or models asks of the history; null for any other.</summary>
    public static HuntQuestion? Of(Indicator indicator) =>
        indicator.Kind switch
        {
            IndicatorKind.OsVersion => Of(
                HuntSubject.OsVersion,
                $"{SystemOf(indicator.Platform)} {indicator.Value.Replace(',', ' ')}"
            ),
            IndicatorKind.PatchLevel => Of(HuntSubject.PatchLevel, indicator.Value.Replace(',', ' ')),
            IndicatorKind.DeviceModel => Of(HuntSubject.Model, indicator.Value),
            _ => null,
        };

    /// <summary>Whether a stored value of what is asked about fits: an app id, a version, a day, a model.</summary>
    public bool Fits(string? stored) =>
        stored is not null
        && Subject switch
        {
            HuntSubject.AppPattern => Pattern?.IsMatch(stored) is true,
            HuntSubject.OsVersion => Devices.OsVersion.TryParse(stored, out var version)
                && Versions?.Contains(version) is true,
            HuntSubject.PatchLevel => TryDay(stored, out var day) && Days?.Contains(day) is true,
            HuntSubject.Model => ModelNames.Normalise(Value) is { Length: > 0 } name
                && ModelNames.Normalise(stored) == name,
            _ => string.Equals(stored, Value, StringComparison.OrdinalIgnoreCase),
        };

    private static string SystemOf(IndicatorPlatform platform) =>
        platform switch
        {
            IndicatorPlatform.Android => "Android",
            IndicatorPlatform.Apple => "Apple",
            _ => "Mobile",
        };

    private static HuntQuestion OfPattern(HuntQuestion question)
    {
        var text = question.Value;
        var expression = text is ['/', _, .., '/'] ? text[1..^1] : FromWildcards(text);
        return SafePattern.TryCompile(expression, out var pattern, out var refusal)
            ? question with
            {
                Pattern = pattern,
            }
            : question with
            {
                Mistake = refusal,
            };
    }

    /// <summary>Letter case does not count: stores write the same id in several ways.</summary>
    private static string FromWildcards(string text)
    {
        var pattern = new StringBuilder("(?i)^");
        foreach (var letter in text)
        {
            pattern.Append(
                letter switch
                {
                    '*' => ".*",
                    '?' => ".",
                    _ => Regex.Escape($"{letter}"),
                }
            );
        }

        return pattern.Append('$').ToString();
    }

    private static HuntQuestion OfVersions(HuntQuestion question)
    {
        var text = question.Value;
        var platform = Array.Find(
            SystemNames,
            name =>
                text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(After(text, name.Length))
        );
        var rest = platform is null ? text : text[platform.Length..];
        return ValueRange.TryParse<OsVersion>(rest, Devices.OsVersion.TryParse, out var versions)
            ? question with
            {
                Platform = platform,
                Versions = versions,
            }
            : question with
            {
                Mistake =
                    "Write a version or a range, with or without the system before it: 18.5, <18.6, iOS 17..18.5, "
                    + "Android >=13 <15.",
            };
    }

    private static HuntQuestion OfDays(HuntQuestion question) =>
        ValueRange.TryParse<DateOnly>(question.Value, TryDay, out var days)
            ? question with
            {
                Days = days,
            }
            : question with
            {
                Mistake = "Write a day or a range of days: 2026-05-01, <2026-05-01, 2026-01-01..2026-03-05.",
            };

    private static char After(string text, int place) => place < text.Length ? text[place] : ' ';

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string WhyNot(HuntSubject subject) =>
        subject switch
        {
            HuntSubject.Certificate =>
                "Not testable from UEM data: Workspace ONE does not tell by which certificate an app is signed. Examine "
                    + "suspicious devices with a forensic tool that reads the app itself.",
            HuntSubject.Profile =>
                "Not testable from UEM data that Picket reads: it does not ask which configuration profiles are "
                    + "installed. Look at the device's profiles in the UEM.",
            HuntSubject.FileHash =>
                "Not testable from UEM data: a UEM does not see the files of a device. Hand the hash to a forensic tool.",
            _ => "Not testable from UEM data: a UEM does not see where a device connects to. Ask your DNS resolver or "
                + "web proxy.",
        };
}
