using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>The fleet at a glance.</summary>
internal static class StatusCommand
{
    private static readonly Column<IntegrationHealth>[] Health =
    [
        new("Integration", row => row.Name),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Devices", row => row.Devices, Exact: true),
        new("Last run", row => row.LastRunState, Exact: true),
        new("Complete", row => row.LastCompletedAt, Exact: true),
        new("Next run", row => row.NextRunAt, Exact: true),
        new("Calls left", row => row.Quota?.Left, Exact: true),
        new("Writing", row => row.Writing ? "on" : "off"),
    ];

    private static readonly Column<KeyValuePair<string, int>>[] Kinds =
    [
        new("Kind", row => row.Key, Exact: true),
        new("True now", row => row.Value, Exact: true),
    ];

    public static Command Create(Cli cli) =>
        cli.Command(
            "status",
            "Verdicts, findings, coverage and the integrations' health; 1 when an integration does not work.",
            "picket status",
            async (session, cancellationToken) =>
            {
                var overview = await session.Client.OverviewAsync(cancellationToken);
                session.Printer.Value(overview, screen => Write(overview, screen));
                if (overview.Verdicts.Secure > 0)
                    session.Printer.Remark(LevelText.WhatSecureRestsOn);
                foreach (var warning in overview.Warnings)
                    session.Printer.Remark($"Warning: {warning}");
                return overview.Integrations.Any(IsIll) ? ExitCodes.Problem : ExitCodes.Ok;
            }
        );

    private static bool IsIll(IntegrationHealth health) =>
        health.State is not (IntegrationState.Active or IntegrationState.Paused);

    private static void Write(OverviewView overview, Screen screen)
    {
        LevelText.Write(overview.Verdicts, screen);
        screen.Line();
        screen.Pairs(
            ("Devices", overview.Devices),
            ("Waiting to be judged", overview.JudgingDue > 0 ? overview.JudgingDue : null),
            ("Apps", CoverageText.Of(overview.AppCoverage))
        );
        if (overview.FindingKinds.Count > 0)
        {
            screen.Heading("Findings");
            screen.Rows(overview.FindingKinds.OrderByDescending(kind => kind.Value), Kinds);
        }
        screen.Heading("Integrations");
        screen.Rows(overview.Integrations, Health);
        foreach (var ill in overview.Integrations.Where(each => each.StateReason is not null))
            screen.Line($"{ill.Name}: {ill.StateReason}");
    }
}
