using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Spectre.Console;

namespace Picket.Cli.Commands;

/// <summary>The fleet at a glance.</summary>
internal static class StatusCommand
{
    private static readonly Column<IntegrationHealth>[] Health =
    [
        new("Integration", row => row.Name),
        new("State", row => row.State.ToString(), Exact: true),
        new("Devices", row => Cell.Number(row.Devices), Exact: true),
        new("Last run", row => row.LastRunState?.ToString()),
        new("Complete at", row => Cell.Time(row.LastCompletedAt)),
    ];

    public static Command Create(Cli cli) =>
        cli.Command(
            "status",
            "Verdicts, findings, coverage and the integrations' health; 1 when an integration does not work.",
            async (session, cancellationToken) =>
            {
                var overview = await session.Client.OverviewAsync(cancellationToken);
                session.Printer.Value(overview, console => Write(overview, console));
                foreach (var warning in overview.Warnings)
                    session.Printer.Remark($"Warning: {warning}");
                return overview.Integrations.Any(IsIll) ? ExitCodes.Problem : ExitCodes.Ok;
            }
        );

    private static bool IsIll(IntegrationHealth health) =>
        health.State is not (IntegrationState.Active or IntegrationState.Paused);

    private static void Write(OverviewView overview, IAnsiConsole console)
    {
        console.Write(
            Tables.Pairs([
                ("Devices", Cell.Number(overview.Devices)),
                .. LevelText.Pairs(overview.Verdicts),
                ("Apps", CoverageText.Of(overview.AppCoverage)),
            ])
        );
        if (overview.FindingKinds.Count > 0)
        {
            console.Heading("Findings");
            console.Write(
                Tables.Pairs(
                    overview.FindingKinds.Select(kind => (Cell.Clean(kind.Key), (string?)Cell.Number(kind.Value)))
                )
            );
        }
        console.Heading("Integrations");
        console.Write(Tables.Of(overview.Integrations, Health));
        foreach (var ill in overview.Integrations.Where(each => each.StateReason is not null))
            console.WriteLine($"{Cell.Clean(ill.Name)}: {Cell.Clean(ill.StateReason)}");
    }
}
