using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket blind-spots</c>.</summary>
internal static class BlindSpotCommand
{
    private static readonly Column<FactCoverage>[] Facts =
    [
        new("Fact", row => row.Fact, Exact: true),
        new("Rests on it", row => row.Share is { } share ? $"{Cell.Number(share)}%" : "", Exact: true),
        new("A day", row => row.Ages.Fresh, Exact: true),
        new("A week", row => row.Ages.Recent, Exact: true),
        new("30 days", row => row.Ages.Old, Exact: true),
        new("Older", row => row.Ages.Older, Exact: true),
        new("Not known", row => row.Ages.Never, Exact: true),
        new("Missing", row => row.Lacking, Exact: true),
    ];

    private static readonly Column<(string Fact, FactCause Cause)>[] Causes =
    [
        new("Fact", row => row.Fact, Exact: true),
        new("Cause", row => row.Cause.Cause, Exact: true),
        new("Devices", row => row.Cause.Devices, Exact: true),
        new("Why", row => row.Cause.Reason),
    ];

    public static Command Create(Cli cli) =>
        cli.Command(
            "blind-spots",
            "What verdicts rest on, how old it is, and what they do not see.",
            "picket blind-spots",
            async (session, cancellationToken) =>
            {
                var view = await session.Client.BlindSpotCoverageAsync(cancellationToken);
                session.Printer.Value(view, screen => Write(view, screen));
                return ExitCodes.Ok;
            }
        );

    private static void Write(BlindSpotsView view, Screen screen)
    {
        screen.Pairs(("Devices", view.Devices), ("Called Secure", view.Secure), ("No fact missing", view.Whole));
        screen.Heading("Facts by age");
        screen.Rows(view.Facts, Facts);
        var causes = view.Facts.SelectMany(fact => fact.Causes.Select(cause => (fact.Fact, cause))).ToList();
        if (causes.Count > 0)
        {
            screen.Heading("Why they are missing");
            screen.Rows(causes, Causes);
        }
    }
}
