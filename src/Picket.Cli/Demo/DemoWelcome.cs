using Picket.Cli.Output;

namespace Picket.Cli.Demo;

/// <summary>What a person needs who wants to try the demo by hand.</summary>
internal static class DemoWelcome
{
    public static void Write(DemoSite site, DemoEnvironment? environment, Screen screen)
    {
        screen.Heading("The demo is up");
        screen.Pairs(
            ("Console", site.ServerAddress),
            ("  Name", site.Owner.Name),
            ("  Password", site.Owner.Password),
            ("  Token", site.Owner.Token),
            ("UEM (emulator)", site.Uem.Address),
            ("  CA", site.Uem.CaFile),
            ("  Group", site.Uem.OrganizationGroup.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("  Account", site.Uem.Account),
            ("  Password", site.Uem.Password),
            ("  API key", site.Uem.ApiKey),
            ("  OAuth client", $"{site.Uem.ClientId} at {site.Uem.TokenAddress}"),
            ("  Client secret", site.Uem.ClientSecret),
            ("  Its console", $"{site.Uem.ConsoleAddress}, {site.Uem.ConsoleAccount}, {site.Uem.ConsolePassword}")
        );
        if (site.Approver is { } approver)
        {
            screen.Heading("A wipe waits for another person");
            screen.Pairs(
                ("Device", approver.Device),
                ("Who can approve", approver.Name),
                ("  Password", approver.Password),
                ("  Second factor", $"{approver.Secret}, for an authenticator app"),
                ("  Or, once each", string.Join(" or ", approver.Recovery)),
                ("Where", new Uri(site.ServerAddress, "approvals"))
            );
        }
        if (site.HasHeldRun)
        {
            screen.Heading("A tag run was held");
            screen.Pairs(
                ("Why", "It is the first under a new policy"),
                ("Where", new Uri(site.ServerAddress, "approvals"))
            );
        }
        if (environment is not null)
        {
            screen.Heading("In another terminal, in this folder");
            screen.Line($"source {environment.Path}");
            screen.Line("./run picket status        # README.md, \"Walk through the demo\", goes on from here");
        }
        screen.Line();
        screen.Line("Ctrl-C ends both programs and removes their data.");
    }
}
