using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket retention</c>.</summary>
internal static class RetentionCommand
{
    private static readonly Column<RetentionView>[] Columns =
    [
        new("Setting", row => $"Retention:{row.Kind}", Exact: true),
        new("What", row => row.What),
        new("Days", row => row.Days, Exact: true),
        new("Deleted", row => row.Deleted, Exact: true),
        new("Last", row => row.LastAt, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        cli.Command(
            "retention",
            "How long each kind of fact is kept.",
            "picket retention",
            async (session, cancellationToken) =>
            {
                session.Printer.Rows(await session.Client.RetentionAsync(cancellationToken), Columns);
                return ExitCodes.Ok;
            }
        );
}
