using Picket.Api;
using Picket.Server.Console;

namespace Picket.Server.Inventory;

/// <summary>Events of a device's history as people read them.</summary>
internal static class DeviceHistoryWords
{
    public static string Of(HistoryEntry entry) =>
        (entry.Kind, entry.Before, entry.After) switch
        {
            ("Verdict", null, { } after) => $"Judged for the first time: {LevelOf(after)}",
            ("Verdict", { } before, { } after) => $"Verdict went from {LevelOf(before)} to {LevelOf(after)}",
            ("Finding", null, _) => $"Finding began: {entry.Name}",
            ("Finding", _, null) => $"Finding ended: {entry.Name}",
            ("App", null, _) => $"App came: {entry.Name}",
            ("App", _, null) => $"App is gone: {entry.Name}",
            ("Tag", null, _) => $"Tag put on it: {entry.Name}",
            ("Tag", _, null) => $"Tag taken off: {entry.Name}",
            _ => Words.Fact(entry.Name),
        };

    /// <summary>
    /// What it was and is, or why; null where the sentence says it all. In parts, as what the UEM says may turn letters round.
    /// </summary>
    public static (string Before, string Between, string After)? Values(HistoryEntry entry) =>
        entry.Kind switch
        {
            "Verdict" => Reasons(entry.After ?? "") is { } reasons ? (reasons, "", "") : null,
            "Attribute" => (entry.Before, entry.After) switch
            {
                (null, { } after) => (Words.Value(after), "", ""),
                ({ } before, null) => ("", "not told any more; it was ", Words.Value(before)),
                ({ } before, { } after) => (Words.Value(before), " → ", Words.Value(after)),
                _ => null,
            },
            "App" => (entry.After ?? entry.Before ?? "", "", ""),
            _ => null,
        };

    /// <summary>The colour of its mark: that of the level it speaks of.</summary>
    public static string Class(HistoryEntry entry) =>
        entry.Kind switch
        {
            "Verdict" => $"c-{LevelOf(entry.After ?? "").ToLowerInvariant()}",
            "Finding" => entry.After is { } level ? $"c-{level.ToLowerInvariant()}" : "c-secure",
            _ => "",
        };

    // "Critical (device.compromised, device.not-encrypted)"
    private static string LevelOf(string verdict) => verdict.Split(' ')[0];

    private static string? Reasons(string verdict) =>
        verdict.Split('(', ')') is [_, { Length: > 0 } kinds, ..]
            ? string.Join(", ", kinds.Split(", ").Select(Words.Kind))
            : null;
}
