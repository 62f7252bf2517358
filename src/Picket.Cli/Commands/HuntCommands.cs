using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket hunt</c>, who has or had something, and <c>picket hunts</c>, those that are kept.</summary>
internal static class HuntCommands
{
    private static readonly Column<HuntHit>[] Hits =
    [
        new("Device", row => row.DeviceName),
        new("User", row => row.User),
        new("What", row => row.Value),
        new("Version", row => row.Version, Wide: true),
        new("Has it", row => row.HasNow ? "now" : "no more"),
        new("Seen since", row => row.FirstSeenAt, Exact: true),
        new("Not there", row => row.NotBefore, Wide: true),
        new("Gone by", row => row.GoneBy, Exact: true),
        new("Periods", row => row.Periods.Count + row.EarlierPeriods, Exact: true),
        new("Last since", row => row.Periods is [.., var last] ? last.FirstSeenAt : row.FirstSeenAt, Wide: true),
    ];

    private static readonly Column<SavedHunt>[] Saved =
    [
        new("Name", row => row.Name),
        new("Kind", row => row.Kind, Exact: true),
        new("Value", row => row.Value),
        new("New", row => row.New, Exact: true),
        new("Now", row => row.Now, Exact: true),
        new("Had", row => row.Had, Exact: true),
        new("Not known", row => row.NotSeen, Exact: true),
        new("Hashed apps", row => row.UnansweredApps, Exact: true),
        new("Owner", row => row.Owner, Wide: true),
        new("Last run", row => row.LastRunAt, Exact: true),
        new("Id", row => row.Id, Wide: true),
    ];

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

    public static Command Hunts(Cli cli) =>
        new("hunts", "Hunts that are kept: they run when a feed or the inventory changed.")
        {
            cli.List(
                "list",
                "List the saved hunts with what is new.",
                "picket hunts list",
                (session, cursor, limit) => session.Client.Hunts(cursor, limit),
                Saved
            ),
            Save(cli),
            Show(cli),
            OnOne(cli, "run", "Run a saved hunt now.", (client, id, token) => client.RunHuntAsync(id, token)),
            OnOne(
                cli,
                "looked",
                "Say that what is new was looked at.",
                (client, id, token) => client.LookedAtHuntAsync(id, token)
            ),
            Remove(cli),
        };

    private static Command One(Cli cli, string name, HuntKind kind, string what, string example)
    {
        var value = new Argument<string>("value") { Description = "What to look for." };
        var state = StateOption();
        var options = new PageOptions();
        return cli.Command(
            name,
            $"Who has or had {what}.",
            $"picket hunt {name} {example}",
            async (session, cancellationToken) =>
            {
                var answer = await session.Client.HuntAsync(kind, session.Get(value)!, cancellationToken);
                Tell(session, answer);
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
        session.Printer.Rows(page, Hits);
    }

    /// <summary>The figures and what they do not cover stand beside the rows, not in them.</summary>
    private static void Tell(Session session, HuntAnswer answer)
    {
        if (answer.Testable)
            session.Printer.Remark(
                $"{Cell.Number(answer.Now)} have it now, {Cell.Number(answer.Had)} had it; of {Cell.Number(answer.NotSeen)} "
                    + "it is not known."
            );
        if (Unanswered(answer.Kind, answer.UnansweredApps, answer.UnansweredDevices) is { } hashed)
            session.Printer.Remark(hashed);
        if (answer.Note is { } note)
            session.Printer.Remark(note);
    }

    private static void Tell(Session session, SavedHunt hunt)
    {
        session.Printer.Remark(
            $"At the last run {Cell.Number(hunt.Now)} had it and {Cell.Number(hunt.Had)} had had it; of "
                + $"{Cell.Number(hunt.NotSeen)} it is not known."
        );
        if (Unanswered(hunt.Kind, hunt.UnansweredApps, hunt.UnansweredDevices) is { } hashed)
            session.Printer.Remark(hashed);
        if (hunt.Note is { } note)
            session.Printer.Remark(note);
    }

    private static string? Unanswered(HuntKind kind, int apps, int devices) =>
        apps == 0 ? null
        : kind is HuntKind.Feed
            ? $"The feed's patterns were not tried on {Cell.Number(apps)} personal apps on {Cell.Number(devices)} devices, "
                + "which are kept as keyed hashes: they are, when these are next read."
        : $"{Cell.Number(apps)} personal apps on {Cell.Number(devices)} devices are kept as keyed hashes, with which a "
            + "pattern cannot be compared: they are not in this answer.";

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

    private static Command Save(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "Its name." };
        var kind = new Option<HuntKind>("--kind") { Description = "What it looks for.", Required = true };
        var value = new Option<string>("--value") { Description = "The value that it looks for.", Required = true };
        var owner = new Option<string>("--owner") { Description = "Who answers for it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why it is kept.", Required = true };
        return cli.Command(
            "save",
            "Save a hunt; it runs once now, and whenever a feed or the inventory changed.",
            "picket hunts save spyware --kind App --value com.example.spy --owner \"Blue team\" --reason \"Case 17\"",
            async (session, cancellationToken) =>
            {
                var hunt = await session.Client.SaveHuntAsync(
                    new SaveHunt(
                        session.Get(name)!,
                        session.Get(kind),
                        session.Get(value)!,
                        session.Get(owner)!,
                        session.Get(reason)!
                    ),
                    cancellationToken
                );
                session.Printer.Value(hunt, screen => Write(hunt, screen));
                return ExitCodes.Ok;
            },
            name,
            kind,
            value,
            owner,
            reason
        );
    }

    private static Command Show(Cli cli)
    {
        var which = HuntArgument();
        var state = StateOption();
        return cli.List(
            "show",
            "List the devices that a saved hunt finds; those that are new with --state new.",
            "picket hunts show spyware --state new",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await HuntAsync(session, session.Get(which)!, cancellationToken);
                Tell(session, await session.Client.HuntAsync(id, cancellationToken));
                return session.Client.HuntHits(id, session.Get(state) ?? HuntState.Ever, cursor, limit);
            },
            Hits,
            which,
            state
        );
    }

    private static Command OnOne(
        Cli cli,
        string verb,
        string description,
        Func<PicketClient, Guid, CancellationToken, Task<SavedHunt>> act
    )
    {
        var which = HuntArgument();
        return cli.Command(
            verb,
            description,
            $"picket hunts {verb} spyware",
            async (session, cancellationToken) =>
            {
                var id = await HuntAsync(session, session.Get(which)!, cancellationToken);
                var hunt = await act(session.Client, id, cancellationToken);
                session.Printer.Value(hunt, screen => Write(hunt, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command Remove(Cli cli)
    {
        var which = HuntArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Remove a saved hunt; the history stays.",
            "picket hunts remove spyware",
            async (session, cancellationToken) =>
            {
                var id = await HuntAsync(session, session.Get(which)!, cancellationToken);
                session.Confirm(yes, $"Remove the hunt '{session.Get(which)}'?");
                await session.Client.RemoveHuntAsync(id, cancellationToken);
                session.Printer.Remark("The hunt is removed.");
                return ExitCodes.Ok;
            },
            which,
            yes
        );
    }

    private static Argument<string> HuntArgument() => new("hunt") { Description = "Name or id of the saved hunt." };

    private static Option<HuntState?> StateOption() =>
        new("--state") { Description = "Only those that have it now, had it, or (of a saved hunt) are new." };

    private static async Task<Guid> HuntAsync(Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        await foreach (var hunt in session.Client.Hunts().WithCancellation(cancellationToken))
        {
            if (string.Equals(hunt.Name, text, StringComparison.OrdinalIgnoreCase))
                return hunt.Id;
        }
        throw new NotFoundException($"No hunt is called '{text}'. `picket hunts list` shows those that are saved.");
    }

    private static void Write(SavedHunt hunt, Screen screen)
    {
        screen.Pairs([
            ("Hunt", hunt.Name),
            ("Id", hunt.Id),
            ("Looks for", $"{hunt.Kind} {hunt.Value}"),
            ("Owner", hunt.Owner),
            ("Reason", hunt.Reason),
            ("Last run", hunt.LastRunAt),
            ("Has it now", hunt.Now),
            ("Had it", hunt.Had),
            ("New", hunt.New),
            ("Not known of", hunt.NotSeen),
        ]);
        if (Unanswered(hunt.Kind, hunt.UnansweredApps, hunt.UnansweredDevices) is { } hashed)
            screen.Line(hashed);
        if (hunt.Note is { } note)
            screen.Line(note);
    }
}
