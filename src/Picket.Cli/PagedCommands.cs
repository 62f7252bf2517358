using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli;

/// <summary>The options of every list, and the one way to print a list.</summary>
internal sealed class PageOptions
{
    public Option<int?> Limit { get; } = new("--limit") { Description = "Rows of one page, 1 to 500 (100)." };

    public Option<string?> Cursor { get; } =
        new("--cursor") { Description = "Go on where an earlier page ended.", HelpName = "TEXT" };

    public Option<bool> All { get; } = new("--all") { Description = "Fetch every page." };

    public PageOptions() =>
        Limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > Paging.MaxLimit)
                result.AddError($"--limit is from 1 to {Paging.MaxLimit}.");
        });
}

internal static class PagedCommands
{
    /// <summary>A command that prints a list; <paramref name="open"/> gets the cursor and the limit.</summary>
    public static Command List<T>(
        this Cli cli,
        string name,
        string description,
        string examples,
        Func<Session, string?, int?, PagedList<T>> open,
        IReadOnlyList<Column<T>> columns,
        params Symbol[] symbols
    ) =>
        cli.List(
            name,
            description,
            examples,
            (session, cursor, limit, _) => Task.FromResult(open(session, cursor, limit)),
            columns,
            symbols
        );

    /// <summary>The same, for a list whose filter has to be looked up first.</summary>
    public static Command List<T>(
        this Cli cli,
        string name,
        string description,
        string examples,
        Func<Session, string?, int?, CancellationToken, Task<PagedList<T>>> open,
        IReadOnlyList<Column<T>> columns,
        params Symbol[] symbols
    )
    {
        var options = new PageOptions();
        return cli.Command(
            name,
            description,
            examples,
            async (session, cancellationToken) =>
            {
                var all = session.Get(options.All);
                // Whole lists travel in the largest pages.
                var limit = session.Get(options.Limit) ?? (all ? Paging.MaxLimit : null);
                var list = await open(session, session.Get(options.Cursor), limit, cancellationToken);
                var page = all ? await WholeAsync(list, cancellationToken) : await list.PageAsync(cancellationToken);
                session.Printer.Rows(page, columns);
                return ExitCodes.Ok;
            },
            [.. symbols, options.Limit, options.Cursor, options.All]
        );
    }

    private static async Task<Page<T>> WholeAsync<T>(PagedList<T> list, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        string? note = null;
        await foreach (var page in list.PagesAsync(cancellationToken))
        {
            items.AddRange(page.Items);
            note ??= page.Note;
        }
        return new Page<T>(items, null, note);
    }
}
