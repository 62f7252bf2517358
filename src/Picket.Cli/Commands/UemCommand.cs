using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket integrations uem</c>: what is wrong with the UEM itself.</summary>
internal static class UemCommand
{
    public static Command Create(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "uem",
            "Say what is wrong with the UEM itself: its version, the account's rights, administrators that nobody uses; "
                + "1 when something of it is exploited.",
            "picket integrations uem Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var report = await session.Client.UemFindingsAsync(id, cancellationToken);
                session.Printer.Value(report, screen => Write(report, screen));
                return report.Findings.Any(finding => finding.Level is Level.Critical)
                    ? ExitCodes.Problem
                    : ExitCodes.Ok;
            },
            which
        );
    }

    private static void Write(UemReport report, Screen screen)
    {
        screen.Pairs(("Version", report.Version ?? "not read yet"), ("Read", report.VersionReadAt));
        foreach (var finding in report.Findings)
        {
            screen.Heading($"{finding.Level}: {finding.Title}");
            screen.Line(finding.Text);
            screen.Pairs(
                ("Kind", finding.Kind),
                ("CVE", finding.Cve),
                ("Due", finding.Due),
                ("Feed", finding.Evidence.Feed),
                ("Rule", finding.Evidence.Rule)
            );
        }

        Lines("Looked at, and in order", report.Checked, screen);
        Lines("Not known", report.Unknown, screen);
    }

    private static void Lines(string heading, IReadOnlyList<string> lines, Screen screen)
    {
        if (lines.Count > 0)
        {
            screen.Heading(heading);
            foreach (var line in lines)
                screen.Line(line);
        }
    }
}
