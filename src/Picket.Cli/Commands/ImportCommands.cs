using System.CommandLine;
using System.Globalization;
using System.Text;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket imports</c>: files of users, devices and members of groups.</summary>
internal static class ImportCommands
{
    private static readonly Column<ImportView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => ImportKinds.Word(row.Kind)),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Name", row => row.Name),
        new("Brought", row => row.MadeAt, Exact: true, Wide: true),
        new("Lines", row => row.Lines, Exact: true),
        new("Done", row => row.Done, Exact: true),
        new("Refused", row => row.Refused, Wide: true),
        new("Failed", row => row.Failed, Wide: true),
        new("Unclear", row => row.Unclear, Wide: true),
        new("Because", row => string.Join("; ", row.Reasons), Wide: true),
    ];

    private static readonly Column<ImportLineView>[] LineColumns =
    [
        new("Line", row => row.Line, Exact: true),
        new("What", row => row.Subject),
        new("Plan", row => row.Step, Exact: true) { Style = row => Palette.Of(row.Step) },
        new("Outcome", ImportText.Outcome, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Remarks", row => string.Join(" ", row.Notes.Select(ImportText.Note))),
        new("UEM id", row => row.UemId?.ToString(CultureInfo.InvariantCulture), Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("imports", "Files of users, devices and members of groups, on their way into the UEM.")
        {
            Template(cli),
            Add(cli),
            List(cli),
            OnOne(
                cli,
                "show",
                "Show one import; 1 when it ended short.",
                "picket imports show 0198c0de-0000-7000-8000-000000000011",
                (client, id, token) => client.ImportAsync(id, token),
                judge: true
            ),
            Lines(cli),
            OnOne(
                cli,
                "start",
                "Send what was checked.",
                "picket imports start 0198c0de-0000-7000-8000-000000000011 --wait",
                (client, id, token) => client.StartImportAsync(id, token),
                judge: true,
                wait: WaitOption()
            ),
            OnOne(
                cli,
                "retry",
                "Take up what failed, is unclear or was not sent: looks each line up, and sends what is not there.",
                "picket imports retry 0198c0de-0000-7000-8000-000000000011 --wait",
                (client, id, token) => client.RetryImportAsync(id, token),
                judge: true,
                wait: WaitOption()
            ),
            OnOne(
                cli,
                "cancel",
                "Stop an import before its next write; what was done stays.",
                "picket imports cancel 0198c0de-0000-7000-8000-000000000011",
                (client, id, token) => client.CancelImportAsync(id, token)
            ),
            Result(cli),
            Remove(cli),
        };

    private static Command Template(Cli cli)
    {
        var kind = ImportKinds.Argument();
        var target = new Option<FileInfo?>("--out") { Description = "Where to write it; it must not exist yet." };
        return cli.Command(
            "template",
            "Write a file with the header alone, to be filled.",
            "picket imports template users --out users.csv",
            async (session, cancellationToken) =>
            {
                var text = await session.Client.ImportTemplateAsync(session.Get(kind), cancellationToken);
                if (session.Get(target) is not { } file)
                {
                    session.Terminal.Out.Write(text.TrimStart(ByteOrderMark));
                    return ExitCodes.Ok;
                }

                // Without the mark Excel takes UTF-8 for something else.
                var bytes = new UTF8Encoding(true).GetBytes(ByteOrderMark + text.TrimStart(ByteOrderMark));
                await using (var stream = New(file))
                    await stream.WriteAsync(bytes, cancellationToken);
                session.Printer.Remark(
                    $"{file.Name} has the header. Fill it; `picket imports add {file.Name} --kind {ImportKinds.Word(session.Get(kind))} --wait` checks it."
                );
                return ExitCodes.Ok;
            },
            kind,
            target
        );
    }

    private static Command Add(Cli cli)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file: CSV in UTF-8, as spreadsheets write it." };
        var kind = ImportKinds.Option();
        var name = new Option<string?>("--name") { Description = "What to call it; the file's name when absent." };
        var which = Targets.IntegrationOption();
        var wait = new Option<bool>("--wait") { Description = "Wait for the end of the check, with a progress bar." };
        return cli.Command(
            "add",
            "Take a file in and check it, line by line. Nothing is written to the UEM.",
            "picket imports add users.csv --kind users --wait\n"
                + "picket imports add members.csv --kind group-members --integration Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var source = session.Get(file);
                using var stream = source.OpenRead();
                var import = await session.Client.ImportAsync(
                    id,
                    session.Get(kind),
                    session.Get(name) ?? source.Name,
                    stream,
                    cancellationToken
                );
                return await EndAsync(session, import, session.Get(wait), judge: true, cancellationToken);
            },
            file,
            kind,
            name,
            which,
            wait
        );
    }

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<ImportState?>("--state") { Description = "Only this state." };
        return cli.List(
            "list",
            "List the imports, newest first.",
            "picket imports list --state checked",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Imports(
                    new ImportFilter
                    {
                        IntegrationId = id,
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            Columns,
            integration,
            state
        );
    }

    private static Command Lines(Cli cli)
    {
        var id = IdArgument();
        var step = new Option<ImportStep?>("--step") { Description = "Only lines of which the check says this." };
        var state = new Option<ImportLineState?>("--state")
        {
            Description = "Only lines that are to be sent and stand so.",
        };
        return cli.List(
            "lines",
            "List the lines of an import, in the order of the file.",
            "picket imports lines 0198c0de-0000-7000-8000-000000000011 --step refused\n"
                + "picket imports lines 0198c0de-0000-7000-8000-000000000011 --state unclear --all",
            (session, cursor, limit) =>
                session.Client.ImportLines(
                    session.Get(id),
                    new ImportLineFilter
                    {
                        Step = session.Get(step),
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            LineColumns,
            id,
            step,
            state
        );
    }

    private static Command Result(Cli cli)
    {
        var id = IdArgument();
        var target = new Option<FileInfo?>("--out") { Description = "Where to write it; it must not exist yet." };
        return cli.Command(
            "result",
            "Write what became of each line, as a CSV file.",
            "picket imports result 0198c0de-0000-7000-8000-000000000011 --out result.csv",
            async (session, cancellationToken) =>
            {
                if (session.Get(target) is { } file)
                {
                    await SaveAsync(session, session.Get(id), file, cancellationToken);
                    return ExitCodes.Ok;
                }

                // A hundred thousand lines at most: some megabytes.
                using var whole = new MemoryStream();
                await session.Client.ImportResultAsync(session.Get(id), whole, cancellationToken);
                var text = Encoding.UTF8.GetString(whole.GetBuffer().AsSpan(0, (int)whole.Length));
                session.Terminal.Out.Write(text.TrimStart(ByteOrderMark));
                return ExitCodes.Ok;
            },
            id,
            target
        );
    }

    private static async Task SaveAsync(Session session, Guid id, FileInfo file, CancellationToken cancellation)
    {
        await using var stream = New(file);
        try
        {
            await session.Client.ImportResultAsync(id, stream, cancellation);
        }
        catch
        {
            file.Delete(); // Half a file would be taken for the whole.
            throw;
        }
        session.Printer.Remark($"What became of each line is in {file.Name}.");
    }

    private static Command Remove(Cli cli)
    {
        var id = IdArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Forget a file and its lines; the ledger stays, and so does what was done in the UEM.",
            "picket imports remove 0198c0de-0000-7000-8000-000000000011",
            async (session, cancellationToken) =>
            {
                var import = await session.Client.ImportAsync(session.Get(id), cancellationToken);
                session.Confirm(
                    yes,
                    $"Forget '{import.Name}' with its {Cell.Number(import.Lines)} lines? What was done in the UEM stays."
                );
                await session.Client.RemoveImportAsync(import.Id, cancellationToken);
                session.Printer.Remark($"'{import.Name}' is forgotten; what was done in the UEM stays.");
                return ExitCodes.Ok;
            },
            id,
            yes
        );
    }

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<ImportView>> act,
        bool judge = false,
        Option<bool>? wait = null
    )
    {
        var id = IdArgument();
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var import = await act(session.Client, session.Get(id), cancellationToken);
                return await EndAsync(session, import, wait is not null && session.Get(wait), judge, cancellationToken);
            },
            wait is null ? [id] : [id, wait]
        );
    }

    private static async Task<int> EndAsync(
        Session session,
        ImportView import,
        bool wait,
        bool judge,
        CancellationToken cancellationToken
    )
    {
        if (wait)
            import = await ImportFollowing.ToEndAsync(session, import, cancellationToken);
        session.Printer.Value(import, screen => ImportText.Write(import, screen));
        return judge ? ImportText.ExitCode(import.State) : ExitCodes.Ok;
    }

    private const char ByteOrderMark = '\uFEFF';

    private static FileStream New(FileInfo file) =>
        file.Exists
            ? throw new UsageException($"{file.Name} exists already; nothing was written.")
            : new FileStream(file.FullName, FileMode.CreateNew);

    private static Argument<Guid> IdArgument() => Targets.IdArgument("import", "Id of the import.");

    private static Option<bool> WaitOption() =>
        new("--wait") { Description = "Wait for the end of the import, with a progress bar." };
}
