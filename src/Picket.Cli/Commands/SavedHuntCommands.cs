using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket hunts</c>: those that are kept.</summary>
internal static class SavedHuntCommands
{
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
                session.Printer.Value(hunt, screen => HuntText.Write(hunt, screen));
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
        var state = HuntText.StateOption();
        return cli.List(
            "show",
            "List the devices that a saved hunt finds; those that are new with --state new.",
            "picket hunts show spyware --state new",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await HuntAsync(session, session.Get(which)!, cancellationToken);
                HuntText.Tell(session, await session.Client.HuntAsync(id, cancellationToken));
                return session.Client.HuntHits(id, session.Get(state) ?? HuntState.Ever, cursor, limit);
            },
            HuntText.Hits,
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
                session.Printer.Value(hunt, screen => HuntText.Write(hunt, screen));
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
}
