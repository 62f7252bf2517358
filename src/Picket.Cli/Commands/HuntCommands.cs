using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket hunt</c>: who has or had something. Those that are kept: <see cref="SavedHuntCommands"/>.</summary>
internal static class HuntCommands
{
    private static readonly Column<FeedHuntRow>[] FeedRows =
    [
        new("Indicator", row => row.Value),
        new("Kind", row => row.Kind, Exact: true),
        new("Name", row => row.Name),
        new("Now", row => row.Now, Exact: true),
        new("Had", row => row.Had, Exact: true),
    ];

    private static readonly (string Name, HuntKind Kind, string What, string Example)[] Kinds =
    [
        ("app", HuntKind.App, "an app, by its exact id; personal apps too", "com.example.spy"),
        ("apps", HuntKind.AppPattern, "apps, by a pattern of ids", "'com.example.*'"),
        ("os", HuntKind.OsVersion, "a system version or a range", "\"iOS <18.6\""),
        ("patch", HuntKind.PatchLevel, "a security patch level or a range", "'<2026-05-01'"),
        ("model", HuntKind.Model, "a model, by identifier or name", "iPhone14,2"),
        ("feed", HuntKind.Feed, "anything that a feed in force lists, by the feed's name", "stalkerware"),
        ("certificate", HuntKind.Certificate, "a signing certificate: says why a UEM cannot tell", "AB12CD34"),
        ("profile", HuntKind.Profile, "a configuration profile: says why Picket cannot tell", "com.example.profile"),
        ("hash", HuntKind.FileHash, "a file hash: says why a UEM cannot tell", "AB12CD34"),
        ("domain", HuntKind.Domain, "a domain: says why a UEM cannot tell", "bad.example"),
    ];

    public static Command Hunt(Cli cli)
    {
        var hunt = new Command("hunt", "Ask the history who has something, or had it, from when to when.");
        foreach (var (name, kind, what, example) in Kinds)
            hunt.Add(One(cli, name, kind, what, example));
        hunt.Add(NewInFeed(cli));
        return hunt;
    }

    private static Command One(Cli cli, string name, HuntKind kind, string what, string example)
    {
        var value = new Argument<string>("value") { Description = "What to look for." };
        var state = HuntText.StateOption();
        var options = new PageOptions();
        return cli.Command(
            name,
            $"Who has or had {what}.",
            $"picket hunt {name} {example}",
            async (session, cancellationToken) =>
            {
                var answer = await session.Client.HuntAsync(kind, session.Get(value)!, cancellationToken);
                HuntText.Tell(session, answer);
                if (!answer.Testable)
                    return ExitCodes.Problem;
                var list = session.Client.HuntHits(
                    kind,
                    session.Get(value)!,
                    session.Get(state) ?? HuntState.Ever,
                    session.Get(options.Cursor),
                    session.Get(options.Limit) ?? (session.Get(options.All) ? Paging.MaxLimit : null)
                );
                await PrintAsync(session, list, session.Get(options.All), cancellationToken);
                return ExitCodes.Ok;
            },
            value,
            state,
            options.Limit,
            options.Cursor,
            options.All
        );
    }

    private static async Task PrintAsync(
        Session session,
        PagedList<HuntHit> list,
        bool all,
        CancellationToken cancellationToken
    )
    {
        var page = await list.PageAsync(cancellationToken);
        if (all && page.Next is not null)
        {
            var hits = new List<HuntHit>();
            await foreach (var hit in list.WithCancellation(cancellationToken))
                hits.Add(hit);
            page = new Page<HuntHit>(hits, null, page.Note);
        }
        session.Printer.Rows(page, HuntText.Hits);
    }

    private static Command NewInFeed(Cli cli)
    {
        var which = Targets.FeedArgument();
        var version = new Option<Guid?>("--version-id")
        {
            Description = "A version, by its id as in `picket feeds versions`; else the one in force.",
            HelpName = "ID",
        };
        return cli.Command(
            "new-in-feed",
            "Who has or had anything that a version of a feed added.",
            "picket hunt new-in-feed stalkerware",
            async (session, cancellationToken) =>
            {
                var feed = await session.FeedAsync(session.Get(which), cancellationToken);
                var page = await session.Client.HuntFeedAsync(feed, session.Get(version), cancellationToken);
                session.Printer.Rows(page, FeedRows);
                return ExitCodes.Ok;
            },
            which,
            version
        );
    }
}
