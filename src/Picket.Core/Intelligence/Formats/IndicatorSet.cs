using System.Buffers;
using System.Text.RegularExpressions;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Collects indicators, checks their values and takes each (kind, value, platform) once.</summary>
internal sealed partial class IndicatorSet(FeedErrors errors)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    private readonly HashSet<(IndicatorKind, string, IndicatorPlatform)> _seen = [];
    private readonly List<Indicator> _indicators = [];

    public int Duplicates { get; private set; }

    public IReadOnlyList<Indicator> All => _indicators;

    public void Add(FeedNode at, Indicator indicator)
    {
        var value = IsHash(indicator.Kind) ? indicator.Value.ToUpperInvariant() : indicator.Value;
        if (Refuse(indicator.Kind, value) is { } refusal)
        {
            errors.Add(at, refusal);
        }
        else if (_seen.Add((indicator.Kind, value, indicator.Platform)))
        {
            _indicators.Add(indicator with { Value = value });
        }
        else
        {
            Duplicates++;
        }
    }

    private static string? Refuse(IndicatorKind kind, string value) =>
        kind switch
        {
            IndicatorKind.AppCertificateSha1 when !IsHex(value, 40) =>
                $"'{FeedDates.Shorten(value)}' is not a SHA-1 in hex.",
            IndicatorKind.AppCertificateSha256 when !IsHex(value, 64) =>
                $"'{FeedDates.Shorten(value)}' is not a SHA-256 in hex.",
            IndicatorKind.AppId when !AppId().IsMatch(value) => $"'{FeedDates.Shorten(value)}' is not an app id.",
            IndicatorKind.AppIdPattern when !SafePattern.TryCompile(value, out _, out var refusal) => refusal,
            _ => null,
        };

    private static bool IsHash(IndicatorKind kind) =>
        kind
            is IndicatorKind.AppCertificateMd5
                or IndicatorKind.AppCertificateSha1
                or IndicatorKind.AppCertificateSha256
                or IndicatorKind.FileHash;

    private static bool IsHex(string value, int length) =>
        value.Length == length && value.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>What package names and bundle ids are made of. One wrong value here could accuse a whole fleet.</summary>
    [GeneratedRegex("^[A-Za-z0-9._-]{2,256}$", RegexOptions.CultureInvariant)]
    private static partial Regex AppId();
}
