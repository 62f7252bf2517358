using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket feeds</c>.</summary>
internal static class FeedCommands
{
    private static readonly Column<FeedView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Format", row => row.Format),
        new("Entries", row => row.Version.CountEntries()),
        new("Imported", row => row.Version.ImportedAt, Exact: true),
        new("Troubles", row => Troubles(row)),
        new("Version", row => row.Version.Version, Wide: true),
    ];

    private static readonly Column<FeedView>[] Waiting =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Since", row => row.Aside!.Since),
        new("Added", row => row.Aside!.Version.Added),
        new("Removed", row => row.Aside!.Version.Removed),
        new("Changed", row => row.Aside!.Version.Changed),
        new("Reason", row => row.Aside!.Reason),
    ];

    private static readonly Column<FeedVersion>[] Versions =
    [
        new("Imported", row => row.ImportedAt, Exact: true),
        new("Version", row => row.Version),
        new("In force", row => row.InForce),
        new("Feed's date", row => row.FeedDate),
        new("Entries", row => row.CountEntries()),
        new("Added", row => row.Added),
        new("Removed", row => row.Removed),
        new("Changed", row => row.Changed),
        new("Waits", row => row.Aside),
    ];

    private static readonly Column<IndicatorView>[] Indicators =
    [
        new("Kind", row => row.Kind),
        new("Value", row => row.Value),
        new("Name", row => row.Name),
        new("Category", row => row.Category),
        new(
            "Tested",
            row =>
                row.Testable switch
                {
                    true => "yes",
                    false => "not testable from UEM",
                    null => null,
                }
        ),
        new("Hits", row => row.Hits),
    ];

    public static Command Create(Cli cli)
    {
        var feeds = OfFeeds(cli);
        foreach (var command in FeedSourceCommands.Create(cli))
            feeds.Add(command);
        return feeds;
    }

    private static Command OfFeeds(Cli cli) =>
        new("feeds", "The lists of indicators and releases.")
        {
            cli.List(
                "list",
                "List the feeds.",
                "picket feeds list",
                (session, cursor, limit) => session.Client.Feeds(cursor, limit),
                Columns
            ),
            Import(cli),
            OnOne(
                cli,
                "show",
                "Show a feed.",
                "picket feeds show stalkerware",
                (client, id, token) => client.FeedAsync(id, token)
            ),
            OfOne(
                cli,
                "versions",
                "List the imported versions of a feed.",
                "picket feeds versions stalkerware",
                (client, id, cursor, limit) => client.FeedVersions(id, cursor, limit),
                Versions
            ),
            OfOne(
                cli,
                "indicators",
                "List the indicators of the version in force.",
                "picket feeds indicators stalkerware --all",
                (client, id, cursor, limit) => client.FeedIndicators(id, cursor, limit),
                Indicators
            ),
            OnOne(
                cli,
                "rollback",
                "Put the version before in force.",
                "picket feeds rollback stalkerware",
                (client, id, token) => client.RollbackFeedAsync(id, token)
            ),
            Aside(cli),
            OnOne(
                cli,
                "accept",
                "Put the version that was set aside in force.",
                "picket feeds accept stalkerware",
                async (client, id, token) =>
                    await client.AcceptFeedAsync(id, await WaitsAsync(client, id, token), token)
            ),
            OnOne(
                cli,
                "reject",
                "Decide against the version that was set aside.",
                "picket feeds reject stalkerware",
                async (client, id, token) =>
                    await client.RejectFeedAsync(id, await WaitsAsync(client, id, token), token)
            ),
            Remove(cli),
        };

    private static string Troubles(FeedView feed) => string.Join(", ", feed.Troubles.Select(trouble => trouble.Kind));

    private static Command Aside(Cli cli) =>
        cli.Command(
            "aside",
            "List the feeds of which a version waits for a decision, and why.",
            "picket feeds aside",
            async (session, cancellationToken) =>
            {
                var waiting = new List<FeedView>();
                await foreach (var feed in session.Client.Feeds().WithCancellation(cancellationToken))
                {
                    if (feed.Aside is not null)
                        waiting.Add(feed);
                }
                session.Printer.Rows(new Page<FeedView>(waiting, null), Waiting);
                return ExitCodes.Ok;
            }
        );

    private static async Task<Guid> WaitsAsync(PicketClient client, Guid id, CancellationToken cancellationToken)
    {
        var feed = await client.FeedAsync(id, cancellationToken);
        return feed.Aside?.Version.Id
            ?? throw new NotFoundException(
                $"No version of feed '{feed.Name}' waits for a decision. See `picket feeds aside`."
            );
    }

    private static Command Import(Cli cli)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file, as its source publishes it." };
        var name = new Option<string?>("--name") { Description = "Name of the feed; the file's name when absent." };
        var format = new Option<string>("--format")
        {
            Description = "Format of the file.",
            DefaultValueFactory = _ => FeedFormats.Auto,
        };
        format.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. FeedFormats.All]);
        var accept = new Option<bool>("--accept")
        {
            Description = "Put it in force however much it changes; else it may wait for a decision.",
        };
        return cli.Command(
            "import",
            "Import a feed, or the next version of one with the same name.",
            "picket feeds import ioc.yaml --name stalkerware",
            async (session, cancellationToken) =>
            {
                var source = session.Get(file);
                using var stream = source.OpenRead();
                var feed = await session.Client.ImportFeedAsync(
                    session.Get(name) ?? Path.GetFileNameWithoutExtension(source.Name),
                    stream,
                    session.Get(format)!,
                    accept: session.Get(accept),
                    cancellationToken: cancellationToken
                );
                session.Printer.Value(feed, screen => FeedText.Write(feed, screen));
                return feed.Aside is null ? ExitCodes.Ok : ExitCodes.Problem;
            },
            file,
            name,
            format,
            accept
        );
    }

    private static Command OnOne(
        Cli cli,
        string verb,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<FeedView>> act
    )
    {
        var which = Targets.FeedArgument();
        return cli.Command(
            verb,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var id = await session.FeedAsync(session.Get(which), cancellationToken);
                var feed = await act(session.Client, id, cancellationToken);
                session.Printer.Value(feed, screen => FeedText.Write(feed, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command OfOne<T>(
        Cli cli,
        string verb,
        string description,
        string example,
        Func<PicketClient, Guid, string?, int?, PagedList<T>> open,
        IReadOnlyList<Column<T>> columns
    )
    {
        var which = Targets.FeedArgument();
        return cli.List(
            verb,
            description,
            example,
            async (session, cursor, limit, token) =>
                open(session.Client, await session.FeedAsync(session.Get(which), token), cursor, limit),
            columns,
            which
        );
    }

    private static Command Remove(Cli cli)
    {
        var which = Targets.FeedArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Remove a feed; its findings end at the next judging.",
            "picket feeds remove stalkerware",
            async (session, cancellationToken) =>
            {
                var id = await session.FeedAsync(session.Get(which), cancellationToken);
                var feed = await session.Client.FeedAsync(id, cancellationToken);
                var entries = Cell.Number(feed.Version.CountEntries());
                session.Confirm(yes, $"Remove feed '{feed.Name}' with its {entries} entries?");
                await session.Client.RemoveFeedAsync(id, cancellationToken);
                session.Printer.Remark($"Feed '{feed.Name}' is removed; its findings end at the next judging.");
                return ExitCodes.Ok;
            },
            which,
            yes
        );
    }
}
