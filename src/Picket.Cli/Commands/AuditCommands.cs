using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket audit</c>: who did what, and the proof that nobody changed what it says.</summary>
internal static class AuditCommands
{
    private static readonly Column<AuditEntry>[] Columns =
    [
        new("No.", row => row.Sequence, Exact: true),
        // A record: its times are wanted as they are.
        new("At", row => Cell.Time(row.At), Exact: true),
        new("Who", row => row.ActorName ?? row.Actor),
        new("From", row => row.Address),
        new("What", row => row.Action),
        new("To what", row => row.SubjectName ?? row.Subject),
        new("Outcome", row => row.Outcome, Exact: true),
        new("After", row => row.After ?? row.Before, Wide: true),
    ];

    public static Command Create(Cli cli)
    {
        var list = List(cli);
        list.Add(Head(cli));
        list.Add(Export(cli));
        list.Add(AuditVerify.Create(cli));
        return list;
    }

    private static Command List(Cli cli)
    {
        var action = Text("--action", "Only actions that start with this, e.g. integration.", "ACTION");
        var actor = Text("--actor", "Only what this one did, as the list's JSON names it.", "ACTOR");
        var subject = Text("--subject", "Only what was done to this, e.g. an integration's id.", "ID");
        var outcome = new Option<AuditOutcome?>("--outcome") { Description = "Only what was done, or refused." };
        var from = TimeOption.Create("--from", "Since this time.");
        var to = TimeOption.Create("--to", "Until this time.");
        return cli.List(
            "audit",
            "List who did what, newest first; prove that the list is whole.",
            "picket audit --from 2026-10-01\npicket audit --action integration. --outcome refused",
            (session, cursor, limit) =>
                session.Client.Audit(
                    new AuditFilter
                    {
                        Action = session.Get(action),
                        From = session.Get(from),
                        To = session.Get(to),
                        Cursor = cursor,
                        Limit = limit,
                        Actor = session.Get(actor),
                        Subject = session.Get(subject),
                        Outcome = session.Get(outcome),
                    }
                ),
            Columns,
            action,
            actor,
            subject,
            outcome,
            from,
            to
        );
    }

    private static Command Head(Cli cli) =>
        cli.Command(
            "head",
            "Print the signed end of the audit. Keep it where nobody who could alter the audit can reach it.",
            "picket audit head",
            async (session, cancellationToken) =>
            {
                // For a file, so it is JSON however other things are printed.
                session.Terminal.Out.WriteLine(Printer.ToJson(await session.Client.AuditHeadAsync(cancellationToken)));
                return ExitCodes.Ok;
            }
        );

    private static Command Export(Cli cli)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to write it; it must not exist yet." };
        return cli.Command(
            "export",
            "Write the whole audit into a file, a JSON object a line, the signed end last. No names of people are in it.",
            "picket audit export audit.jsonl",
            async (session, cancellationToken) =>
            {
                var target = session.Get(file);
                if (target.Exists)
                    throw new UsageException($"{target.Name} exists already; nothing was written.");
                var entries = 0L;
                await using (var writer = new StreamWriter(target.FullName))
                {
                    await foreach (var line in session.Client.AuditExportAsync(cancellationToken))
                    {
                        await writer.WriteLineAsync(AuditFile.Write(line).AsMemory(), cancellationToken);
                        entries += line.Entry is null ? 0 : 1;
                    }
                }
                session.Printer.Remark($"{Cell.Number(entries)} entries are in {target.Name}.");
                return ExitCodes.Ok;
            },
            file
        );
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
