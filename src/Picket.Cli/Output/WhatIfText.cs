using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>A trial for people.</summary>
internal static class WhatIfText
{
    public static void Write(WhatIfView tried, Screen screen)
    {
        screen.Pairs([
            ("Trial", tried.Id),
            ("Devices", tried.Devices),
            ("Without the change", Levels(tried.Days[^1].Before)),
            ("With the change", Levels(tried.Days[^1].After)),
        ]);
        foreach (var move in tried.Moves)
            screen.Line($"{move.Before} to {move.After}: {move.Devices} devices");
        foreach (var kind in tried.Kinds)
            screen.Line($"{kind.Title}: comes on {kind.Comes}, goes from {kind.Goes} devices");
        foreach (var tag in tried.Tags)
            screen.Line(
                $"Tag {tag.Tag}{(tag.Set is { } set ? $" ({set})" : "")} at {tag.Integration}: put on {tag.Added}, taken off {tag.Removed} devices"
                    + (tag.IsWritten ? "" : " (writing is off: nothing would be sent)")
            );
        if (tried.Moves.Count + tried.Kinds.Count == 0)
            screen.Line("No device would be judged otherwise today.");
        if (tried.Days is [var first, _, ..])
            screen.Line(
                $"{tried.Days.Count - 1} days ago: {Levels(first.Before)}; with the change {Levels(first.After)}"
            );
        screen.Line("Nothing was changed.");
        foreach (var note in tried.Notes)
            screen.Line(note);
    }

    private static string Levels(LevelCounts counts) =>
        $"{counts.Critical} critical, {counts.High} high, {counts.Medium} medium, {counts.Low} low, "
        + $"{counts.Unknown} unknown, {counts.Secure} secure";
}
