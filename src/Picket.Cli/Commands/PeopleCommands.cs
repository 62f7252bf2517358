using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary><c>picket people</c> and <c>picket invitations</c>.</summary>
internal static class PeopleCommands
{
    private static readonly Column<PersonView>[] PersonColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("Address", row => row.Email),
        new("Roles", row => Roles(row)),
        new("Second factor", row => row.SecondFactor ? "yes" : "no"),
        new("Last signed in", row => row.LastSignInAt),
        new("Shut out", row => row.DeactivatedAt),
    ];

    private static readonly Column<InvitationView>[] InvitationColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("For", row => row.Note),
        new("Role", row => Role(new RoleGiven(row.Role, row.IntegrationId))),
        new("Invited by", row => row.InvitedBy),
        new("Until", row => row.ExpiresAt),
    ];

    public static Command People(Cli cli) =>
        new("people", "Who may sign in, and what they may do.")
        {
            cli.List(
                "list",
                "List the people.",
                "picket people list",
                (session, cursor, limit) => session.Client.People(cursor, limit),
                PersonColumns
            ),
            Give(cli),
            Take(cli),
            Change(
                cli,
                "deactivate",
                "Shut somebody out at once, with their tokens.",
                (client, id, stop) => client.DeactivatePersonAsync(id, stop)
            ),
            Change(
                cli,
                "reactivate",
                "Let somebody in again.",
                (client, id, stop) => client.ReactivatePersonAsync(id, stop)
            ),
            Change(
                cli,
                "reset-second-factor",
                "Take the second factor off somebody who has lost it.",
                (client, id, stop) => client.ResetSecondFactorAsync(id, stop)
            ),
            PasswordLink(cli),
            Erase(cli),
        };

    public static Command Invitations(Cli cli) =>
        new("invitations", "Links by which somebody becomes a person here.")
        {
            Invite(cli),
            cli.List(
                "list",
                "List the open invitations.",
                "picket invitations list",
                (session, cursor, limit) => session.Client.Invitations(cursor, limit),
                InvitationColumns
            ),
            Withdraw(cli),
        };

    private static Command Invite(Cli cli)
    {
        var role = RoleArgument();
        var where = WhereOption();
        var note = new Option<string?>("--for") { Description = "For whom: a note for you, gone with the invitation." };
        var days = new Option<int>("--days")
        {
            Description = "Days until the link ends, 1 to 30.",
            DefaultValueFactory = _ => 7,
        };
        return cli.Command(
            "create",
            "Make a link that makes somebody a person, once. It goes to standard output.",
            "picket invitations create Analyst --integration Acme --for Grace",
            async (session, cancellationToken) =>
            {
                var place = await PlaceAsync(session, session.Get(where), cancellationToken);
                var wish = new Invite(session.Get(role), place, session.Get(note), session.Get(days));
                Show(session, await session.Client.InviteAsync(wish, cancellationToken));
                return ExitCodes.Ok;
            },
            role,
            where,
            note,
            days
        );
    }

    private static Command Withdraw(Cli cli)
    {
        var id = Targets.IdArgument("invitation", "Id of the invitation.");
        return cli.Command(
            "withdraw",
            "Withdraw an invitation.",
            "picket invitations withdraw 0198c0de-0000-7000-8000-00000000000d",
            async (session, cancellationToken) =>
            {
                await session.Client.WithdrawInvitationAsync(session.Get(id), cancellationToken);
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Command Give(Cli cli)
    {
        var person = PersonArgument();
        var role = RoleArgument();
        var where = WhereOption();
        return cli.Command(
            "give",
            "Give somebody a role, in place of the one that they have there.",
            "picket people give grace Approver --integration Acme",
            async (session, cancellationToken) =>
            {
                var id = await PersonAsync(session, session.Get(person), cancellationToken);
                var place = await PlaceAsync(session, session.Get(where), cancellationToken);
                var given = new RoleGiven(session.Get(role), place);
                return Show(session, await session.Client.GiveRoleAsync(id, given, cancellationToken));
            },
            person,
            role,
            where
        );
    }

    private static Command Take(Cli cli)
    {
        var person = PersonArgument();
        var where = WhereOption();
        return cli.Command(
            "take",
            "Take the role that somebody has at an integration, or at all of them.",
            "picket people take grace --integration Acme",
            async (session, cancellationToken) =>
            {
                var id = await PersonAsync(session, session.Get(person), cancellationToken);
                var place = await PlaceAsync(session, session.Get(where), cancellationToken);
                return Show(session, await session.Client.TakeRoleAsync(id, place, cancellationToken));
            },
            person,
            where
        );
    }

    private static Command Change(
        Cli cli,
        string name,
        string description,
        Func<PicketClient, Guid, CancellationToken, Task<PersonView>> change
    )
    {
        var person = PersonArgument();
        return cli.Command(
            name,
            description,
            $"picket people {name} grace",
            async (session, cancellationToken) =>
            {
                var id = await PersonAsync(session, session.Get(person), cancellationToken);
                return Show(session, await change(session.Client, id, cancellationToken));
            },
            person
        );
    }

    private static Command PasswordLink(Cli cli)
    {
        var person = PersonArgument();
        return cli.Command(
            "password-link",
            "Make a link, good for a day, by which somebody chooses a new password. It goes to standard output.",
            "picket people password-link grace",
            async (session, cancellationToken) =>
            {
                var id = await PersonAsync(session, session.Get(person), cancellationToken);
                Show(session, await session.Client.PasswordLinkAsync(id, cancellationToken));
                return ExitCodes.Ok;
            },
            person
        );
    }

    private static Command Erase(Cli cli)
    {
        var person = PersonArgument();
        var yes = Confirmation.Yes();
        return cli.Command(
            "erase",
            "Erase somebody, and who it was from the audit. There is no way back.",
            "picket people erase grace --yes",
            async (session, cancellationToken) =>
            {
                var id = await PersonAsync(session, session.Get(person), cancellationToken);
                session.Confirm(yes, $"Erase {session.Get(person)}, with their roles, tokens and links, for good?");
                await session.Client.ErasePersonAsync(id, cancellationToken);
                session.Printer.Remark(
                    "Erased. What they did stays in the audit, under a random id that nobody can resolve."
                );
                return ExitCodes.Ok;
            },
            person,
            yes
        );
    }

    private static int Show(Session session, PersonView person)
    {
        session.Printer.Value(
            person,
            screen =>
                screen.Pairs(
                    ("Name", person.Name),
                    ("Roles", Roles(person)),
                    ("Second factor", person.SecondFactor ? "yes" : "no"),
                    ("Shut out", person.DeactivatedAt is { } at ? at : "no")
                )
        );
        return ExitCodes.Ok;
    }

    /// <summary>Alone on its line, so that it can be piped into where it belongs.</summary>
    private static void Show(Session session, CreatedLink link)
    {
        var address = Connection.Resolve(session).Server.ToString().TrimEnd('/') + link.Path;
        session.Printer.Value(link, _ => session.Terminal.Out.WriteLine(Cell.Clean(address)));
        session.Printer.Remark($"Good once, until {Cell.Time(link.ExpiresAt)}; it is not shown again.");
    }

    private static string Roles(PersonView person) =>
        person.Roles.Count == 0 ? "none" : string.Join(", ", person.Roles.Select(Role));

    private static string Role(RoleGiven role) =>
        role.IntegrationId is { } where ? $"{role.Role} at {where}" : $"{role.Role}";

    private static Argument<string> PersonArgument() =>
        new("person") { Description = "Name, mail address or id of the person." };

    private static Argument<PersonRole> RoleArgument() =>
        new("role") { Description = "Owner, Administrator, Analyst, Approver or Auditor." };

    private static Option<string?> WhereOption() =>
        new("--integration")
        {
            Description = "Name or id of the integration; without it, at all of them.",
            HelpName = "INTEGRATION",
        };

    private static async Task<Guid?> PlaceAsync(Session session, string? name, CancellationToken cancellationToken) =>
        name is null ? null : await session.IntegrationAsync(name, cancellationToken);

    private static async Task<Guid> PersonAsync(Session session, string name, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(name, out var id))
            return id;
        await foreach (var person in session.Client.People(limit: Paging.MaxLimit).WithCancellation(cancellationToken))
        {
            if (
                person.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                || person.Email.Equals(name, StringComparison.OrdinalIgnoreCase)
            )
                return person.Id;
        }
        throw new NotFoundException($"Nobody is called '{name}'. List them: picket people list.");
    }
}
