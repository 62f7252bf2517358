using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Picket.Core.Devices;

namespace Picket.Core.Risk;

public enum Likeness
{
    /// <summary>The same name, by another maker.</summary>
    SameName,

    /// <summary>A name that differs in letters which look alike, or in one letter.</summary>
    NearName,

    /// <summary>An identifier that differs in letters which look alike, or in one letter.</summary>
    NearId,
}

/// <param name="Known">What it looks like.</param>
public sealed record LookAlike(WellKnownApp Known, Likeness How);

/// <summary>
/// Tells an app that imitates a well-known one. Apps of the imitated maker, and pages that a browser put on the home
/// screen under their own name, are left alone.
/// </summary>
public static class LookAlikes
{
    /// <summary>Shorter names are near too many others, unless letters of another script give them away.</summary>
    private const int ShortestName = 7;

    private const int ShortestNearName = 8;
    private const int ShortestNearId = 10;
    private const int LongestText = 100;
    private const int Room = 2 * LongestText;
    private const string PageOfBrowser = "org.chromium.webapk.";

    private static readonly FrozenDictionary<string, WellKnownApp> ByShape = WellKnownApps.All.ToFrozenDictionary(
        app => Shape(app.Name, keepDots: false),
        StringComparer.Ordinal
    );

    private static readonly (WellKnownApp App, string Shape)[] Distinctive =
    [
        .. WellKnownApps
            .All.Where(app => app.Distinctive)
            .Select(app => (app, Shape(app.Name, keepDots: false)))
            .Where(known => known.Item2.Length >= ShortestNearName),
    ];

    private static readonly (WellKnownApp App, string Shape)[] Android = Ids(DevicePlatform.Android);
    private static readonly (WellKnownApp App, string Shape)[] Apple = Ids(DevicePlatform.Ios);

    public static LookAlike? Find(DevicePlatform platform, string id, string? name)
    {
        if (id.Length > LongestText || id.StartsWith(PageOfBrowser, StringComparison.Ordinal))
        {
            return null;
        }

        return (name is { Length: > 0 and <= LongestText } ? ByName(id, name) : null) ?? ById(platform, id);
    }

    private static LookAlike? ByName(string id, string name)
    {
        Span<char> room = stackalloc char[Room];
        var shape = Shape(name, keepDots: false, room);
        if (ByShape.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(shape, out var known))
        {
            return known.IsByMaker(id) ? null
                : IsSame(name, known.Name) ? (known.Distinctive ? new LookAlike(known, Likeness.SameName) : null)
                : shape.Length >= ShortestName || !Ascii.IsValid(name) ? new LookAlike(known, Likeness.NearName)
                : null;
        }

        foreach (var (app, other) in Distinctive)
        {
            if (IsOneApart(shape, other) && !app.IsByMaker(id) && !HasWordMore(name, app.Name))
            {
                return new LookAlike(app, Likeness.NearName);
            }
        }

        return null;
    }

    private static LookAlike? ById(DevicePlatform platform, string id)
    {
        if (id.Length < ShortestNearId)
        {
            return null;
        }

        Span<char> room = stackalloc char[Room];
        var shape = Shape(id, keepDots: true, room);
        foreach (var (app, other) in platform is DevicePlatform.Android ? Android : Apple)
        {
            if ((IsOneApart(shape, other) || shape.SequenceEqual(other)) && !app.IsByMaker(id))
            {
                return new LookAlike(app, Likeness.NearId);
            }
        }

        return null;
    }

    private static (WellKnownApp App, string Shape)[] Ids(DevicePlatform platform) =>
        [.. WellKnownApps.All.Select(app => (app, Shape(app.IdOn(platform), keepDots: true)))];

    /// <summary>But for case, blanks and marks: "What's App" is WhatsApp to whoever reads it.</summary>
    private static bool IsSame(string name, string other) =>
        string.Equals(Letters(name), Letters(other), StringComparison.Ordinal);

    private static readonly SearchValues<char> Separators = SearchValues.Create(" -_.:|");

    /// <summary>"Telegram X" is read as another app's name, not as a slip in this one's.</summary>
    private static bool HasWordMore(string name, string known)
    {
        var end = name.AsSpan().TrimEnd().LastIndexOfAny(Separators);
        return end > 0 && IsSame(name[..end], known);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>A text as the eye takes it in: letters that look alike are one letter, marks and blanks are gone.</summary>
    private static string Shape(string text, bool keepDots)
    {
        Span<char> room = stackalloc char[Room];
        return Shape(text, keepDots, room).ToString();
    }

    /// <summary>Into the room given: a fleet has millions of apps, and few of them are like another.</summary>
    private static ReadOnlySpan<char> Shape(string text, bool keepDots, Span<char> room)
    {
        var plain = Ascii.IsValid(text) ? text : Decomposed(text);
        var length = 0;
        foreach (var letter in plain)
        {
            if (length == room.Length)
            {
                break;
            }

            if (!char.IsLetterOrDigit(letter))
            {
                if (keepDots && letter is '.')
                {
                    room[length++] = letter;
                }

                continue;
            }

            var seen = Seen(char.ToLowerInvariant(letter));
            var before = length > 0 ? room[length - 1] : ' ';
            switch ((before, seen))
            {
                case ('r', 'n'):
                    room[length - 1] = 'm';
                    break;
                case ('v', 'v'):
                    room[length - 1] = 'w';
                    break;
                default:
                    room[length++] = seen;
                    break;
            }
        }

        return room[..length];
    }

    /// <summary>Without accents, and wide or ornate letters as plain ones. Text that is none is taken as it comes.</summary>
    private static string Decomposed(string text)
    {
        try
        {
            return string.Concat(
                text.Normalize(NormalizationForm.FormKD)
                    .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
            );
        }
        catch (ArgumentException)
        {
            return text; // Half of a surrogate pair.
        }
    }

    private static char Seen(char letter) =>
        letter switch
        {
            '0' or 'о' or 'ο' or 'օ' => 'o',
            '1' or 'i' or 'і' or 'ι' or 'ı' or 'ӏ' => 'l',
            '3' or 'е' or 'ε' or 'ҽ' => 'e',
            '4' or 'а' or 'α' or 'ɑ' => 'a',
            '5' or 'ѕ' => 's',
            'р' or 'ρ' => 'p',
            'с' or 'ϲ' => 'c',
            'у' or 'γ' => 'y',
            'х' or 'χ' => 'x',
            'ј' => 'j',
            'һ' or 'н' => 'h',
            'к' or 'κ' => 'k',
            'м' => 'm',
            'т' or 'τ' => 't',
            'в' or 'β' => 'b',
            'ԁ' => 'd',
            'ɡ' => 'g',
            'υ' or 'ս' => 'u',
            'ν' or 'ѵ' => 'v',
            'ԝ' or 'ω' => 'w',
            'п' or 'η' => 'n',
            _ => letter,
        };

    /// <summary>One letter put in, left out, changed, or two neighbours turned round: what a hasty reader misses.</summary>
    public static bool IsOneApart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (Math.Abs(left.Length - right.Length) > 1)
        {
            return false;
        }

        var same = left.CommonPrefixLength(right);
        var restLeft = left[same..];
        var restRight = right[same..];
        if (restLeft.Length != restRight.Length)
        {
            return restLeft.Length > restRight.Length
                ? restLeft[1..].SequenceEqual(restRight)
                : restRight[1..].SequenceEqual(restLeft);
        }

        return restLeft.Length > 0
            && (
                restLeft[1..].SequenceEqual(restRight[1..])
                || (
                    restLeft.Length > 1
                    && restLeft[0] == restRight[1]
                    && restLeft[1] == restRight[0]
                    && restLeft[2..].SequenceEqual(restRight[2..])
                )
            );
    }
}
