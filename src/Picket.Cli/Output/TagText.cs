using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Tags, previews and tag runs for people.</summary>
internal static class TagText
{
    private static readonly Column<LevelTag>[] Tags =
    [
        new("Level", row => row.Level, Exact: true) { Style = row => Palette.Of(row.Level) },
        new("Tag", row => row.Name),
        new("Number", row => row.UemId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("State", row => row.State, Exact: true),
        new("Devices", row => row.Devices),
    ];

    private static readonly Column<SetTag>[] Sets =
    [
        new("Set", row => row.Set),
        new("Tag", row => row.Name),
        new("Number", row => row.UemId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("State", row => row.State, Exact: true),
        new("Devices", row => row.Devices),
    ];

    private static readonly Column<TagPreviewLine>[] Previewed =
    [
        new("Set", row => row.Set ?? "levels"),
        new("Tag", row => row.Tag),
        new("Put on", row => row.Adds),
        new("Taken off", row => row.Removes),
    ];

    public static void Write(TagPreview preview, Screen screen)
    {
        LevelText.Write(preview.PerLevel, screen);
        screen.Line();
        if (preview.PerTag.Any(line => line.Set is not null))
        {
            screen.Rows(preview.PerTag, Previewed);
            screen.Line();
        }

        screen.Pairs(
            ("Preview", preview.Id),
            ("Tags to make", string.Join(", ", preview.TagsToCreate)),
            ("Not ours", Foreign(preview)),
            ("Devices that get a tag", preview.Adds),
            ("Devices that lose a tag", preview.Removes),
            ("On the never-touch list", preview.NeverTouched > 0 ? preview.NeverTouched : null),
            ("Of these in doubt", preview.NeverTouchedInDoubt > 0 ? preview.NeverTouchedInDoubt : null),
            ("Calls", preview.Calls),
            ("Brake", Brake(preview.Brake)),
            ("Next", preview.ForeignTags.Count > 0 ? null : $"`picket tags accept {preview.Id}` writes this")
        );
    }

    public static void Write(TagRunView run, Screen screen)
    {
        screen.Pairs(
            ("State", new Styled(run.State, Palette.Of(run.State))),
            ("Because", string.Join('\n', run.IncompleteReasons)),
            ("Tag run", run.Id),
            ("Kind", run.Kind == TagRunKind.CleanUp ? "clean-up" : null),
            ("Adds", run.Adds),
            ("Removes", run.Removes),
            ("Confirmed", run.Confirmed),
            ("Failed", run.Failed),
            (
                "Left to the next run",
                run.NotShown > 0 ? $"{Cell.Number(run.NotShown)} devices, changed since they were shown" : null
            ),
            ("UEM calls", run.UemCalls),
            ("Asked for", run.QueuedAt),
            ("Ended", run.EndedAt),
            ("Brake", Brake(run.Brake)),
            (
                "Next",
                run.State == RunState.Held
                    ? $"`picket tags approve {run.Id} --showing {run.Showing}` or `picket tags discard {run.Id}`"
                    : null
            )
        );
    }

    public static void Write(TaggingView tagging, Screen screen)
    {
        screen.Pairs(
            ("Writing", tagging.Writing ? "on" : "off: see `picket tags preview`"),
            ("Prefix", $"'{tagging.Prefix}'"),
            ("Detection to tag", Pace(tagging.DetectionToTag))
        );
        screen.Line();
        screen.Rows(tagging.Tags, Tags);
        if (tagging.Sets.Count > 0)
        {
            screen.Line();
            screen.Rows(tagging.Sets, Sets);
        }

        var runs = tagging.Held.Append(tagging.LastRun).OfType<TagRunView>().DistinctBy(run => run.Id);
        foreach (var run in runs)
        {
            screen.Line();
            Write(run, screen);
        }
    }

    private static string? Pace(DetectionToTag? pace) =>
        pace is null
            ? null
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"half within {pace.P50Milliseconds:N0} ms, 99% within {pace.P99Milliseconds:N0} ms ({pace.Devices:N0} changes in {pace.Days} days)"
            );

    private static string? Foreign(TagPreview preview) =>
        preview.ForeignTags.Count > 0
            ? $"{string.Join(", ", preview.ForeignTags)}. They were there before; choose another prefix with "
                + "`picket integrations change --tag-prefix`, or another name in the policy, or let Picket own each with `picket tags adopt`."
            : null;

    private static string? Brake(TagBrake? brake) =>
        brake is null
            ? null
            : $"{Cell.Number(brake.Changed)} of {Cell.Number(brake.Devices)} devices would change{Besides(brake)} "
                + $"({Cell.Share(brake.Share)}); {Cell.Share(brake.Limit)} go without asking";

    private static string Besides(TagBrake brake) =>
        brake.Recent > 0 ? $" after {Cell.Number(brake.Recent)} others within the last hour" : "";
}
