using System.Buffers;
using System.Text.RegularExpressions;

namespace Picket.Core.Intelligence;

/// <summary>What the value of each kind of indicator may be. One wrong value could accuse a whole fleet.</summary>
public static partial class IndicatorValues
{
    public const int LongestModel = 100;

    /// <summary>Letters that no real app id has together: what matches this matches anything.</summary>
    private const string NoRealApp = "zq9.x7qk.w3vj";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    /// <summary>As it is matched: hashes in upper-case hex without the colons that some tools write, all else trimmed.</summary>
    public static string Normalise(IndicatorKind kind, string value) =>
        IsHash(kind) ? value.Trim().Replace(":", "", StringComparison.Ordinal).ToUpperInvariant() : value.Trim();

    /// <summary>Why a normalised value cannot be taken; null when it can.</summary>
    public static string? Refuse(IndicatorKind kind, string value, IndicatorPlatform platform) =>
        kind switch
        {
            IndicatorKind.AppCertificateSha1 when !IsHex(value, 40) => $"'{Shorten(value)}' is not a SHA-1 in hex.",
            IndicatorKind.AppCertificateSha256 when !IsHex(value, 64) => $"'{Shorten(value)}' is not a SHA-256 in hex.",
            IndicatorKind.AppId when !AppId().IsMatch(value) => $"'{Shorten(value)}' is not an app id.",
            IndicatorKind.AppIdPattern => RefusePattern(value),
            IndicatorKind.OsVersion => RefuseVersions(value, platform),
            IndicatorKind.PatchLevel => RefusePatchLevels(value, platform),
            IndicatorKind.DeviceModel when value.Length > LongestModel || !value.Any(char.IsLetterOrDigit) =>
                $"'{Shorten(value)}' is not a model.",
            _ => value.Length == 0 ? "The value is empty." : null,
        };

    /// <summary>
    /// How sure a match is where the source does not say: a hash or an id that is drawn at random proves what it names, a
    /// version follows from what the UEM reports, the name of an app can be borrowed.
    /// </summary>
    public static Confidence UsualConfidence(IndicatorKind kind) =>
        IsHash(kind)
        || kind
            is IndicatorKind.ProfileId
                or IndicatorKind.OsVersion
                or IndicatorKind.PatchLevel
                or IndicatorKind.DeviceModel
            ? Confidence.High
            : Confidence.Medium;

    private static string? RefusePattern(string value) =>
        !SafePattern.TryCompile(value, out var pattern, out var refusal) ? refusal
        : pattern.IsMatch("") || pattern.IsMatch(NoRealApp)
            ? $"The pattern '{Shorten(value)}' matches any app. Name what tells these apps from others."
        : null;

    private static string? RefuseVersions(string value, IndicatorPlatform platform) =>
        !ValueRange.TryVersions(value, out _)
            ? $"'{Shorten(value)}' is neither a version nor a range of versions. {ValueRange.VersionForms}"
        : platform is IndicatorPlatform.Any
            ? "A version needs a platform: iOS and Android count on their own. Say android or apple."
        : null;

    private static string? RefusePatchLevels(string value, IndicatorPlatform platform) =>
        !ValueRange.TryPatchLevels(value, out _)
            ? $"'{Shorten(value)}' is no range of patch levels. {ValueRange.PatchForms}"
        : platform is IndicatorPlatform.Apple ? "Only Android has patch levels."
        : null;

    private static bool IsHash(IndicatorKind kind) =>
        kind
            is IndicatorKind.AppCertificateMd5
                or IndicatorKind.AppCertificateSha1
                or IndicatorKind.AppCertificateSha256
                or IndicatorKind.FileHash;

    private static bool IsHex(string value, int length) =>
        value.Length == length && value.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    private static string Shorten(string text) => Formats.FeedDates.Shorten(text);

    /// <summary>What package names and bundle ids are made of.</summary>
    [GeneratedRegex("^[A-Za-z0-9._-]{2,256}$", RegexOptions.CultureInvariant)]
    private static partial Regex AppId();
}
