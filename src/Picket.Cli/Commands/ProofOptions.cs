using System.CommandLine;
using Picket.Api;
using Picket.Cli.Settings;
using Spectre.Console;

namespace Picket.Cli.Commands;

/// <summary>The person's own administrator account of the UEM, which is proven: its name is an option, its password never.</summary>
internal sealed class ProofOptions
{
    private readonly Option<string?> _administrator = new("--administrator")
    {
        Description = "Your own administrator account of the UEM, at the integration's organization group.",
        HelpName = "NAME",
    };

    public Symbol[] All => [_administrator];

    /// <param name="withKey">Whether the REST API key goes along, for an integration that has none.</param>
    public AdministratorProof Read(Session session, Secrets secrets, bool withKey = false)
    {
        var name = Connection.Given(session.Get(_administrator)) ?? Ask(session);
        return new AdministratorProof(name, secrets.AdministratorPassword(name), withKey ? secrets.ApiKey() : null);
    }

    private string Ask(Session session) =>
        session.Terminal.CanAsk
            ? session.Ask(new TextPrompt<string>("Your own administrator account of the UEM:"))
            : session.Needed(_administrator);
}
