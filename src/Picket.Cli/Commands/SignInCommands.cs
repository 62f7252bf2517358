using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>Signs a person in, or makes one of whoever holds a one-time link.</summary>
internal static class SignInCommands
{
    private const string PasswordVariable = "PICKET_PASSWORD";
    private const string SecondFactorVariable = "PICKET_SECOND_FACTOR";

    public static Command SignIn(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "Your name or mail address." };
        return cli.Command(
            "sign-in",
            "Sign in with name and password, for 12 hours (PICKET_PASSWORD and PICKET_SECOND_FACTOR, else asked for).",
            "picket sign-in ada --server https://picket.example.com",
            async (session, cancellationToken) =>
            {
                var connection = Connection.Resolve(session) with { Token = null };
                var wish = new SignIn(session.Get(name), Password(session, "Password"), SecondFactor(session));
                var signedIn = await SignInAsync(session, session.Open(connection), wish, cancellationToken);
                return Remember(session, connection, signedIn);
            },
            name
        );
    }

    public static Command Join(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "The name that you will sign in with." };
        var email = new Argument<string>("email") { Description = "Your mail address." };
        return cli.Command(
            "join",
            "Use a one-time link: that of the first owner, or an invitation (PICKET_LINK and PICKET_PASSWORD, else asked for).",
            "picket join ada ada@example.com --server https://picket.example.com",
            async (session, cancellationToken) =>
            {
                var connection = Connection.Resolve(session) with { Token = null };
                var link = Secret(session, "PICKET_LINK", "One-time link");
                var wish = new ClaimLink(
                    link[(link.LastIndexOf('#') + 1)..],
                    session.Get(name),
                    session.Get(email),
                    Password(session, "New password, 12 characters or more")
                );
                var signedIn = await session.Open(connection).ClaimLinkAsync(wish, cancellationToken);
                return Remember(session, connection, signedIn);
            },
            name,
            email
        );
    }

    /// <summary>Only the server knows who has a second factor, and tells nobody without the password.</summary>
    private static async Task<SignedIn> SignInAsync(
        Session session,
        PicketClient client,
        SignIn wish,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.SignInAsync(wish, cancellationToken);
        }
        catch (PicketApiException refused) when (refused.Problem.Type == Problem.SecondFactorNeeded)
        {
            var code = Secret(session, SecondFactorVariable, "Code of your authenticator app, or a recovery code");
            return await client.SignInAsync(wish with { SecondFactor = code }, cancellationToken);
        }
    }

    private static int Remember(Session session, Connection connection, SignedIn signedIn)
    {
        var folder = session.Terminal.ConfigFolder;
        var ca = connection.CaFile is { } file ? Path.GetFullPath(file) : null;
        new ConfigFile(connection.Server.ToString(), signedIn.Token.Secret, ca).Write(folder);
        session.Printer.Value(
            signedIn.Person,
            screen =>
                screen.Pairs(
                    ("Server", connection.Server),
                    ("Name", signedIn.Person.Name),
                    ("Roles", string.Join(", ", signedIn.Person.Roles.Select(role => role.Role))),
                    ("Until", signedIn.Token.Token.ExpiresAt),
                    ("Kept in", ConfigFile.PathIn(folder))
                )
        );
        return ExitCodes.Ok;
    }

    private static string Password(Session session, string question) => Secret(session, PasswordVariable, question);

    private static string? SecondFactor(Session session) =>
        Connection.Given(session.Terminal.Environment(SecondFactorVariable));

    private static string Secret(Session session, string variable, string question)
    {
        if (Connection.Given(session.Terminal.Environment(variable)) is { } given)
            return given;
        return session.Terminal.CanAsk
            ? session.AskSecret(question)
            : throw new UsageException($"{question} is missing. Set {variable}.");
    }
}
