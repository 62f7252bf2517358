using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary>Making an integration and changing its settings.</summary>
internal static class IntegrationSettings
{
    public static Command Add(Cli cli)
    {
        var options = new DraftOptions();
        var paused = new Option<bool>("--save-as-paused") { Description = "Save although the doctor finds failures." };
        return cli.Command(
            "add",
            "Connect an organization group. The doctor must pass first.",
            async (session, cancellationToken) =>
            {
                var draft = options.Draft(session, session.Get(paused));
                IntegrationText.Print(session, await session.Client.CreateIntegrationAsync(draft, cancellationToken));
                return ExitCodes.Ok;
            },
            [.. options.All, paused]
        );
    }

    public static Command Change(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var options = new DraftOptions();
        return cli.Command(
            "change",
            "Change settings. A new address, group, proxy or CA asks for the secrets anew.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var present = await session.Client.IntegrationAsync(id, cancellationToken);
                var change = options.Change(session, present);
                if (change == new ChangeIntegration())
                    throw new UsageException("Nothing to change is named. See `picket integrations change --help`.");
                IntegrationText.Print(
                    session,
                    await session.Client.ChangeIntegrationAsync(id, present.Version, change, cancellationToken)
                );
                return ExitCodes.Ok;
            },
            [which, .. options.All]
        );
    }

    public static Command Rotate(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var options = new CredentialOptions();
        return cli.Command(
            "rotate",
            "Replace the credential; the old one stays until the new one works.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var present = await session.Client.IntegrationAsync(id, cancellationToken);
                var credential = options.Read(session, options.SecretsOf(session), present);
                IntegrationText.Print(
                    session,
                    await session.Client.RotateCredentialAsync(id, credential, cancellationToken)
                );
                return ExitCodes.Ok;
            },
            [which, .. options.All]
        );
    }
}
