using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Picket.Core.Devices;

namespace Picket.Core.Intelligence;

/// <summary>
/// The patterns of app ids in force. A personal app is tested while its id is still in the open; what stays of the test
/// are keys of the patterns that matched, and the version of the set that it was tested against.
/// </summary>
public sealed class AppPatterns
{
    private const int KeyBytes = 8;

    private readonly List<(string Key, SourcedIndicator Sourced, Regex Pattern)> _patterns = [];
    private readonly Dictionary<DevicePlatform, string> _versions = [];

    public AppPatterns(IEnumerable<SourcedIndicator> indicators)
    {
        foreach (var sourced in indicators)
        {
            if (SafePattern.TryCompile(sourced.Indicator.Value, out var pattern, out _))
            {
                _patterns.Add((KeyOf(sourced.Indicator), sourced, pattern));
            }
        }

        foreach (var platform in Enum.GetValues<DevicePlatform>())
        {
            if (KeysFor(platform) is { Count: > 0 } keys)
            {
                _versions[platform] = Hash(string.Join('|', keys));
            }
        }
    }

    public int Count => _patterns.Count;

    /// <summary>Names the set of patterns that concern the platform; null when there are none.</summary>
    public string? VersionFor(DevicePlatform platform) => _versions.GetValueOrDefault(platform);

    public int CountFor(DevicePlatform platform) => KeysFor(platform).Count;

    public IReadOnlyList<IndicatorMatch> Match(DevicePlatform platform, string identifier)
    {
        List<IndicatorMatch>? found = null;
        AddMatches(platform, identifier, ref found);
        return found ?? (IReadOnlyList<IndicatorMatch>)[];
    }

    /// <summary>Takes no memory where nothing matches, which is nearly always.</summary>
    internal void AddMatches(DevicePlatform platform, string identifier, ref List<IndicatorMatch>? found)
    {
        foreach (var (_, sourced, pattern) in _patterns)
        {
            if (sourced.Indicator.Concerns(platform) && pattern.IsMatch(identifier))
            {
                (found ??= []).Add(new IndicatorMatch(sourced, SameCase: true));
            }
        }
    }

    /// <summary>Keys of the patterns that match; they say nothing of the id but that.</summary>
    public IReadOnlyList<string> KeysMatching(DevicePlatform platform, string identifier) =>
        [
            .. Match(platform, identifier)
                .Select(match => KeyOf(match.Indicator))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What is in force of the patterns that once matched.</summary>
    public IEnumerable<IndicatorMatch> OfKeys(DevicePlatform platform, IReadOnlyCollection<string> keys) =>
        keys.Count == 0
            ? []
            : from pattern in _patterns
            where keys.Contains(pattern.Key) && pattern.Sourced.Indicator.Concerns(platform)
            select new IndicatorMatch(pattern.Sourced, SameCase: true);

    /// <summary>The same pattern has one key, whichever feed brings it and in whichever version.</summary>
    private static string KeyOf(Indicator indicator) => Hash($"{indicator.Platform}|{indicator.Value}");

    private SortedSet<string> KeysFor(DevicePlatform platform) =>
        new(
            _patterns.Where(pattern => pattern.Sourced.Indicator.Concerns(platform)).Select(pattern => pattern.Key),
            StringComparer.Ordinal
        );

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyBytes));
}
