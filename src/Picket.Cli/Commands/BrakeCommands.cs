using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket brakes</c>: what keeps Picket from writing.</summary>
internal static class BrakeCommands
{
    private static readonly Column<IntegrationBrake>[] Brakes =
    [
        new("Integration", row => row.Integration),
        new("Share", row => $"{row.Share * 100:0.##}%", Exact: true),
        new("Allowed an hour", row => row.Allowed),
        new("Changed in the last hour", row => row.ChangedLastHour),
        new("Held now", row => row.Held),
        new("Always allowed", row => row.AlwaysAllowed, Wide: true),
        new("In one run", row => row.PerRun, Wide: true),
        new("In one hour", row => row.PerHour, Wide: true),
        new("Of one group", row => row.GroupShare is { } share ? $"{share * 100:0.##}%" : null, Wide: true),
        new("Fleet", row => row.Fleet, Wide: true),
    ];

    private static readonly Column<WriteStopView>[] Stops =
    [
        new("Number", row => row.Number, Exact: true),
        new("Stopped", row => row.StoppedAt),
        new("By", row => row.StoppedBy),
        new("Released", row => row.ReleasedAt),
        new("Released by", row => row.ReleasedBy),
        new("Why", row => row.Reason),
    ];

    private static readonly Column<HeldRunView>[] Held =
    [
        new("Id", row => row.Id, Exact: true),
        new("Wanted", row => row.QueuedAt),
        new("State", row => row.State, Exact: true),
        new("Devices", row => row.Changed),
        new("Fleet", row => row.Fleet),
        new("Let go on by", row => row.ApprovedBy),
        new("Integration", row => row.IntegrationId, Wide: true),
    ];

    public static Command Create(Cli cli)
    {
        var brakes = cli.Command(
            "brakes",
            "What keeps Picket from writing to a UEM: a stop of all writes, and the brake of tags; 1 while writes are stopped.",
            "picket brakes",
            async (session, cancellationToken) =>
            {
                var now = await session.Client.BrakesAsync(cancellationToken);
                session.Printer.Value(now, screen => Write(now, screen));
                return now.Stop is null ? ExitCodes.Ok : ExitCodes.Problem;
            }
        );
        brakes.Add(Stop(cli));
        brakes.Add(Release(cli));
        brakes.Add(
            cli.List(
                "stops",
                "When all writes were stopped, by whom and why, newest first.",
                "picket brakes stops",
                (session, cursor, limit) => session.Client.WriteStops(cursor, limit),
                Stops
            )
        );
        brakes.Add(
            cli.List(
                "held",
                "Tag runs that the brake held, and what became of them, newest first.",
                "picket brakes held",
                (session, cursor, limit) => session.Client.HeldRuns(cursor, limit),
                Held
            )
        );
        brakes.Add(NeverTouchCommands.Create(cli));
        return brakes;
    }

    private static Command Stop(Cli cli)
    {
        var reason = new Option<string>("--reason")
        {
            Description = "Why; everybody who signs in reads it.",
            HelpName = "TEXT",
            Required = true,
        };
        return cli.Command(
            "stop",
            "Stop all writes to every UEM at once. Reading goes on, and what waits goes on after the release.",
            "picket brakes stop --reason \"Profiles vanish, we are looking\"",
            async (session, cancellationToken) =>
            {
                var stopped = await session.Client.StopWritesAsync(session.Get(reason)!, cancellationToken);
                session.Printer.Value(
                    stopped,
                    screen =>
                        screen.Pairs([
                            ("Stopped", stopped.Stop.StoppedAt),
                            ("By", stopped.Stop.StoppedBy),
                            ("Why", stopped.Stop.Reason),
                            ("Still under way", stopped.UnderWay),
                            ("Stopped before by", stopped.Before?.StoppedBy),
                            ("Because", stopped.Before?.Reason),
                            ("Not seen yet by", stopped.Unseen.Count == 0 ? null : string.Join(", ", stopped.Unseen)),
                        ])
                );
                return ExitCodes.Ok;
            },
            reason
        );
    }

    private static Command Release(Cli cli)
    {
        var yes = Confirmation.Yes();
        return cli.Command(
            "release",
            "Release all writes: what waits is sent.",
            "picket brakes release --yes",
            async (session, cancellationToken) =>
            {
                var brakes = await session.Client.BrakesAsync(cancellationToken);
                if (brakes.Stop is not { } stop)
                {
                    session.Printer.Remark("Writes are not stopped.");
                    return ExitCodes.Ok;
                }
                session.Confirm(
                    yes,
                    $"Writes are stopped since {stop.StoppedAt:u}: {stop.Reason} Release them, and send what waits ({Text(brakes.Waiting)})?"
                );
                var released = await session.Client.ReleaseWritesAsync(stop.Number, cancellationToken);
                session.Printer.Value(
                    released,
                    screen => screen.Pairs([("Released", released.ReleasedAt), ("By", released.ReleasedBy)])
                );
                return ExitCodes.Ok;
            },
            yes
        );
    }

    private static void Write(BrakesView brakes, Screen screen)
    {
        screen.Pairs([
            ("Writes", brakes.Stop is null ? "go out" : "stopped"),
            ("Stopped by", brakes.Stop?.StoppedBy),
            ("Since", brakes.Stop?.StoppedAt),
            ("Why", brakes.Stop?.Reason),
            ("Stored", brakes.Stop is { Stored: false } ? "not yet: this server alone is stopped" : null),
            ("What waits", Text(brakes.Waiting)),
        ]);
        screen.Heading("Brake of tags");
        screen.Rows(brakes.Integrations, Brakes);
    }

    private static string Text(WaitingWork work) =>
        work.IsNone()
            ? "nothing"
            : string.Join(
                ", ",
                new[]
                {
                    Count(work.TagRuns, "tag run"),
                    Count(work.Imports, "import"),
                    Count(work.Lines, "line"),
                    Count(work.Publications, "publication"),
                    Count(work.Messages, "message"),
                    Count(work.AppGroupRuns, "app group run"),
                    Count(work.Commands, "command"),
                    Count(work.Devices, "device") is { } devices ? $"tags of {devices} by their verdicts" : null,
                }.OfType<string>()
            );

    private static string? Count(int count, string of) =>
        count == 0 ? null
        : count == 1 ? $"1 {of}"
        : $"{Cell.Number(count)} {of}s";
}
