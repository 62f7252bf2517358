using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Tags, previews and tag runs for people.</summary>
internal static class TagText
{
    private static readonly Column<LevelTag>[] Tags =
    [
        new("Level", row => row.Level.ToString(), Exact: true),
        new("Tag", row => row.Name),
        new("Number", row => row.UemId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("State", row => row.State.ToString()),
        new("Devices", row => Cell.Number(row.Devices)),
    ];

    public static void Write(TagPreview preview, IAnsiConsole console) =>
        console.Write(
            Tables.Pairs([
                ("Preview", preview.Id.ToString()),
                .. LevelText.Pairs(preview.PerLevel),
                ("Tags to make", string.Join(", ", preview.TagsToCreate)),
                ("Not ours", Foreign(preview)),
                ("Devices that get a tag", Cell.Number(preview.Adds)),
                ("Devices that lose a tag", Cell.Number(preview.Removes)),
                ("Calls", Cell.Number(preview.Calls)),
                ("Brake", Brake(preview.Brake)),
                ("Next", $"`picket tags accept {preview.Id}` writes this"),
            ])
        );

    public static void Write(TagRunView run, IAnsiConsole console) =>
        console.Write(
            Tables.Pairs(
                ("Tag run", run.Id.ToString()),
                ("Kind", run.Kind == TagRunKind.CleanUp ? "clean-up" : null),
                ("State", run.State.ToString()),
                ("Adds", Cell.Number(run.Adds)),
                ("Removes", Cell.Number(run.Removes)),
                ("Confirmed", Cell.Number(run.Confirmed)),
                ("Failed", Cell.Number(run.Failed)),
                ("UEM calls", Cell.Number(run.UemCalls)),
                ("Because", string.Join('\n', run.IncompleteReasons)),
                ("Brake", Brake(run.Brake)),
                (
                    "Next",
                    run.State == RunState.Held
                        ? $"`picket tags approve {run.Id}` or `picket tags discard {run.Id}`"
                        : null
                )
            )
        );

    public static void Write(TaggingView tagging, IAnsiConsole console)
    {
        console.Write(
            Tables.Pairs(
                ("Writing", tagging.Writing ? "on" : "off: see `picket tags preview`"),
                ("Prefix", $"'{tagging.Prefix}'")
            )
        );
        console.WriteLine();
        console.Write(Tables.Of(tagging.Tags, Tags));
        var runs = tagging.Held.Append(tagging.LastRun).OfType<TagRunView>().DistinctBy(run => run.Id);
        foreach (var run in runs)
        {
            console.WriteLine();
            Write(run, console);
        }
    }

    private static string? Foreign(TagPreview preview) =>
        preview.ForeignTags.Count > 0
            ? $"{string.Join(", ", preview.ForeignTags)}: adopt with `picket tags adopt`"
            : null;

    private static string? Brake(TagBrake? brake) =>
        brake is null
            ? null
            : $"{brake.Changed} of {brake.Devices} devices would change{Besides(brake)} ({Cell.Share(brake.Share)}), more than {Cell.Share(brake.Limit)}";

    private static string Besides(TagBrake brake) =>
        brake.Recent > 0 ? $" after {brake.Recent} others within the last hour" : "";
}
