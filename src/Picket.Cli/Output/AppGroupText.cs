using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Lists of denied apps, previews and runs for people.</summary>
internal static class AppGroupText
{
    private static readonly Column<DeniedAppView>[] Apps =
    [
        new("App", row => row.AppId, Exact: true),
        new("Level", row => row.Level),
        new("Devices", row => row.Devices),
        new("In the UEM", row => row.InGroup ? "yes" : "no"),
        new("Why", row => string.Join(", ", row.Reasons.Select(Of))),
        new("Left out", row => row.LeftOut, Wide: true),
    ];

    public static void Write(AppGroupsView now, Screen screen)
    {
        screen.Pairs(
            ("Lists", now.Enabled ? "on" : "off: see `picket appgroups preview`"),
            ("Not now", now.Enabled ? now.WhyNot : null),
            ("Apps of one run", now.MostChanges)
        );
        foreach (var group in now.Groups)
        {
            screen.Line();
            screen.Pairs(
                ("Group", group.Name),
                ("Number", group.UemId?.ToString(CultureInfo.InvariantCulture)),
                ("State", group.State),
                ("Trouble", group.Trouble),
                ("Read", group.ReadAt),
                ("Of others", string.Join(", ", group.Others))
            );
            screen.Rows(group.Apps, Apps);
        }

        if (now.LeftOut.Count > 0)
        {
            screen.Heading("Left out");
            screen.Rows(now.LeftOut, Apps);
        }

        foreach (var run in new[] { now.Held, now.LastRun }.OfType<AppGroupRunView>().DistinctBy(run => run.Id))
        {
            screen.Line();
            Write(run, screen);
        }
    }

    public static void Write(AppGroupPreview preview, Screen screen)
    {
        var blocked = preview.Groups.Any(group => group.Trouble is not null);
        foreach (var group in preview.Groups)
        {
            screen.Pairs(
                ("Group", group.Name),
                ("Number", group.UemId?.ToString(CultureInfo.InvariantCulture)),
                ("Added", string.Join(", ", group.Adds.Select(app => app.AppId))),
                ("Taken out", string.Join(", ", group.Removes)),
                ("Of others", string.Join(", ", group.Others)),
                ("Trouble", group.Trouble),
                ("Next", group.ForeignUemId is { } foreign ? $"`picket appgroups adopt {foreign}` takes it over" : null)
            );
            screen.Line();
        }

        screen.Pairs(
            ("Preview", preview.Id),
            ("Apps that change", preview.Changes),
            ("Calls", preview.Calls),
            ("Brake", preview.Brake),
            ("Next", blocked ? null : $"`picket appgroups accept {preview.Id}` writes this")
        );
    }

    public static void Write(AppGroupRunView run, Screen screen) =>
        screen.Pairs(
            ("State", new Styled(run.State, Palette.Of(run.State))),
            ("Because", string.Join('\n', run.IncompleteReasons)),
            ("Run", run.Id),
            ("Kind", run.Kind == AppGroupRunKind.CleanUp ? "clean-up" : null),
            ("Adds", run.Adds),
            ("Removes", run.Removes),
            ("Confirmed", run.Confirmed),
            ("Failed", run.Failed),
            ("UEM calls", run.UemCalls),
            ("Asked for", run.QueuedAt),
            ("Ended", run.EndedAt),
            (
                "Next",
                run.State == RunState.Held
                    ? $"`picket appgroups approve {run.Id}` or `picket appgroups discard {run.Id}`"
                    : null
            )
        );

    private static string Of(DenialReasonView reason) =>
        reason.Source is { } source ? $"{reason.Kind} ({source})" : reason.Kind;
}
