using System.Globalization;

namespace Picket.Core.Devices;

/// <summary>
/// A version that orders as people read it: 18.7.10 after 18.7.9, "26" equal to "26.0". The letter of a rapid
/// security response ("26.3.1 (a)") comes after the bare version; Android's "12L" is 12.1.
/// </summary>
public readonly record struct OsVersion(int Major, int Minor = 0, int Patch = 0, int Revision = 0, char Response = '\0')
    : IComparable<OsVersion>
{
    private const int LongestText = 40;

    public static OsVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"'{text}' is not a version.");

    public static bool TryParse(string? text, out OsVersion version)
    {
        version = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        var response = TakeResponse(ref rest);
        if (rest.EndsWith("L", StringComparison.OrdinalIgnoreCase) && int.TryParse(rest[..^1], Digits, null, out var l))
        {
            version = new OsVersion(l, 1);
            return response == '\0';
        }

        return TryParseNumbers(rest, response, out version);
    }

    public static bool operator <(OsVersion left, OsVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(OsVersion left, OsVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(OsVersion left, OsVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OsVersion left, OsVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(OsVersion other) =>
        (Major, Minor, Patch, Revision, Response).CompareTo(
            (other.Major, other.Minor, other.Patch, other.Revision, other.Response)
        );

    public override string ToString()
    {
        var text = (Patch, Revision) switch
        {
            (0, 0) => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}"),
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}.{Revision}"),
        };
        return Response == '\0' ? text : $"{text} ({Response})";
    }

    private const NumberStyles Digits = NumberStyles.None;

    private static char TakeResponse(ref ReadOnlySpan<char> text)
    {
        if (text is not [.., '(', var letter and >= 'a' and <= 'z', ')'])
        {
            return '\0';
        }

        text = text[..^3].TrimEnd();
        return letter;
    }

    private static bool TryParseNumbers(ReadOnlySpan<char> text, char response, out OsVersion version)
    {
        version = default;
        Span<int> numbers = stackalloc int[4];
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == numbers.Length || !int.TryParse(text[part], Digits, null, out numbers[count++]))
            {
                return false;
            }
        }

        version = new OsVersion(numbers[0], numbers[1], numbers[2], numbers[3], response);
        return true;
    }
}
