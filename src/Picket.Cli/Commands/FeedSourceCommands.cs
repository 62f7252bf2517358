using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>The commands of <c>picket feeds</c> about where feeds come from by themselves.</summary>
internal static class FeedSourceCommands
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly Column<KnownFeed>[] Known =
    [
        new("Name", row => row.Name, Exact: true),
        new("Title", row => row.Title),
        new("Format", row => row.Format),
        new("Licence", row => row.Licence),
        new("Attribution", row => row.Attribution),
        new("Followed", row => row.SourceId is not null),
        new("Address", row => row.Address, Wide: true),
    ];

    private static readonly Column<FeedSourceView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("From", row => row.Address ?? row.Path),
        new("Minutes", row => row.IntervalMinutes),
        new("Outcome", row => row.Outcome?.ToString()),
        new("Last look", row => row.LastTryAt),
        new("Failure", row => row.Failure, Wide: true),
    ];

    public static IEnumerable<Command> Create(Cli cli) =>
        [
            cli.List(
                "catalogue",
                "List the public sources that can be followed.",
                "picket feeds catalogue",
                (session, _, _) => session.Client.FeedCatalogue(),
                Known
            ),
            cli.List(
                "sources",
                "List the sources that are followed.",
                "picket feeds sources",
                (session, cursor, limit) => session.Client.FeedSources(cursor, limit),
                Columns
            ),
            Follow(cli),
            Check(cli),
            Unfollow(cli),
        ];

    private static Command Follow(Cli cli)
    {
        var name = new Argument<string>("name")
        {
            Description =
                "Name of a public source, see `picket feeds catalogue`; with --address or --path, of the feed.",
        };
        var address = new Option<string?>("--address") { Description = "Its https address.", HelpName = "URL" };
        var path = new Option<string?>("--path")
        {
            Description = "A file or folder below the server's folder of feeds (Feeds:Folder).",
        };
        var every = new Option<int?>("--every")
        {
            Description = "Minutes between two looks; a day for an address and 15 for a path when absent.",
            HelpName = "MINUTES",
        };
        var format = new Option<string?>("--format") { Description = "Format; told by the first file when absent." };
        format.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. FeedFormats.All]);
        var ca = new Option<FileInfo?>("--source-ca")
        {
            Description = "Certificates (PEM) of the only authorities that may vouch for the address.",
            HelpName = "FILE",
        };
        var licence = new Option<string?>("--licence") { Description = "Licence of its files." };
        var attribution = new Option<string?>("--attribution") { Description = "Whom to name with that licence." };
        return cli.Command(
            "follow",
            "Take a feed's versions from a public source, an address or a folder of the server from now on.",
            "picket feeds follow cisa-kev\npicket feeds follow mine --address https://intel.example.com/ioc.yaml\n"
                + "picket feeds follow mine --path mine",
            async (session, cancellationToken) =>
            {
                var own = session.Get(address) is not null || session.Get(path) is not null;
                var source = await session.Client.FollowFeedAsync(
                    new FeedSourceDraft
                    {
                        Known = own ? null : session.Get(name),
                        Name = own ? session.Get(name) : null,
                        Address = session.Get(address),
                        Path = session.Get(path),
                        IntervalMinutes = session.Get(every),
                        Format = session.Get(format),
                        CaCertificatePem = session.Get(ca) is { } file
                            ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
                            : null,
                        Licence = session.Get(licence),
                        Attribution = session.Get(attribution),
                    },
                    cancellationToken
                );
                return await ShowAsync(session, source, before: null, cancellationToken);
            },
            name,
            address,
            path,
            every,
            format,
            ca,
            licence,
            attribution
        );
    }

    private static Command Check(Cli cli)
    {
        var which = SourceArgument();
        return cli.Command(
            "check",
            "Look at a source now.",
            "picket feeds check cisa-kev",
            async (session, cancellationToken) =>
            {
                var id = await SourceAsync(session, session.Get(which), cancellationToken);
                var source = await session.Client.CheckFeedSourceAsync(id, cancellationToken);
                return await ShowAsync(session, source, source.LastTryAt, cancellationToken);
            },
            which
        );
    }

    private static Command Unfollow(Cli cli)
    {
        var which = SourceArgument();
        return cli.Command(
            "unfollow",
            "Follow a source no more; its feed stays as it is.",
            "picket feeds unfollow cisa-kev",
            async (session, cancellationToken) =>
            {
                var text = session.Get(which);
                await session.Client.UnfollowFeedAsync(
                    await SourceAsync(session, text, cancellationToken),
                    cancellationToken
                );
                session.Printer.Remark($"Source '{text}' is followed no more; its feed stays as it is.");
                return ExitCodes.Ok;
            },
            which
        );
    }

    /// <summary>Waits for the end of the look, and tells what came of it.</summary>
    private static async Task<int> ShowAsync(
        Session session,
        FeedSourceView source,
        DateTimeOffset? before,
        CancellationToken cancellationToken
    )
    {
        for (var waited = TimeSpan.Zero; source.LastTryAt == before && waited < Longest; waited += BetweenLooks)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
            source = await session.Client.FeedSourceAsync(source.Id, cancellationToken);
        }
        session.Printer.Value(source, screen => FeedText.Write(source, screen));
        return source.Failure is null && source.Outcome is not FeedSourceOutcome.SetAside
            ? ExitCodes.Ok
            : ExitCodes.Problem;
    }

    private static Argument<string> SourceArgument() =>
        new("source") { Description = "Name or id of the source: the name of the feed that it brings." };

    private static async Task<Guid> SourceAsync(Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        await foreach (var source in session.Client.FeedSources().WithCancellation(cancellationToken))
        {
            if (string.Equals(source.Name, text, StringComparison.OrdinalIgnoreCase))
                return source.Id;
        }
        throw new NotFoundException($"No source is called '{text}'. See `picket feeds sources`.");
    }
}
