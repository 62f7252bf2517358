using Picket.Api;
using Picket.Server.Console;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Inventory;

/// <summary>Events of a device's history as people read them.</summary>
internal static class DeviceHistoryWords
{
    public static string Of(HistoryEntry entry) =>
        (entry.Kind, entry.Before, entry.After) switch
        {
            ("Verdict", null, { } after) => T("Judged for the first time: {0}", LevelName(after)),
            ("Verdict", { } before, { } after) => T(
                "Verdict went from {0} to {1}",
                LevelName(before),
                LevelName(after)
            ),
            ("Finding", null, _) => T("Finding began: {0}", Words.Finding(entry.Name)),
            ("Finding", _, null) => T("Finding ended: {0}", Words.Finding(entry.Name)),
            ("App", null, _) => T("App came: {0}", entry.Name),
            ("App", _, null) => T("App is gone: {0}", entry.Name),
            ("Tag", null, _) => T("Tag put on it: {0}", entry.Name),
            ("Message", _, _) => T("Message about {0}", entry.Name),
            ("Tag", _, null) => T("Tag taken off: {0}", entry.Name),
            _ => Words.Fact(entry.Name),
        };

    /// <summary>
    /// What it was and is, or why; null where the sentence says it all. Each by itself, as what the UEM says may turn
    /// letters round.
    /// </summary>
    public static (string? Before, string? After)? Values(HistoryEntry entry) =>
        entry.Kind switch
        {
            "Verdict" => Reasons(entry.After ?? "") is { } reasons ? (null, reasons) : null,
            "Attribute" when entry is { Before: null, After: null } => null,
            "Attribute" => (
                entry.Before is { } before ? Words.Value(before) : null,
                entry.After is { } after ? Words.Value(after) : null
            ),
            "App" => (null, entry.After ?? entry.Before),
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

    private static string LevelName(string verdict) =>
        Enum.TryParse<Level>(LevelOf(verdict), out var level) ? Words.Of(level) : LevelOf(verdict);

    private static string? Reasons(string verdict) =>
        verdict.Split('(', ')') is [_, { Length: > 0 } kinds, ..]
            ? string.Join(", ", kinds.Split(", ").Select(Words.Kind))
            : null;
}
