using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket deployment</c>: whether apps are published.</summary>
internal static class DeploymentCommands
{
    public static Command Create(Cli cli) =>
        new("deployment", "Whether apps are published through the UEM.")
        {
            OnOne(cli, "status", "Show whether apps are published, and what that needs.", null),
            OnOne(cli, "on", "Switch publishing on; asks the UEM first.", true),
            OnOne(cli, "off", "Switch publishing off; what is assigned stays.", false),
        };

    private static Command OnOne(Cli cli, string name, string description, bool? enabled)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            name,
            description,
            $"picket deployment {name} Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var view = enabled is { } wish
                    ? await session.Client.SetDeploymentAsync(id, wish, cancellationToken)
                    : await session.Client.DeploymentAsync(id, cancellationToken);
                session.Printer.Value(view, screen => PublicationText.Write(view, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }
}
