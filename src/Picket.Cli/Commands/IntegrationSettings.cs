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
        var proof = new ProofOptions();
        var paused = new Option<bool>("--save-as-paused") { Description = "Save although the doctor finds failures." };
        return cli.Command(
            "add",
            "Connect an organization group. The doctor must pass first, and you prove your own UEM account.",
            "picket integrations add --name Acme --address https://as123.awmdm.com --og acme --account picket-api "
                + "--administrator ada",
            async (session, cancellationToken) =>
            {
                var draft = options.Draft(session, session.Get(paused), proof);
                IntegrationText.Print(session, await session.Client.CreateIntegrationAsync(draft, cancellationToken));
                return ExitCodes.Ok;
            },
            [.. options.All, .. proof.All, paused]
        );
    }

    public static Command Change(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var options = new ChangeOptions();
        return cli.Command(
            "change",
            "Change settings. A new address, group, proxy or CA asks for the secrets anew.",
            "picket integrations change Acme --sync-interval 60\n"
                + "picket integrations change Acme --exclude-og guests --no-smart-groups\n"
                + "picket integrations change Acme --credential-ends 2027-05-31",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var present = await session.Client.IntegrationAsync(id, cancellationToken);
                var change = options.Read(session, present);
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
        var ends = CredentialOptions.EndsOption();
        return cli.Command(
            "rotate",
            "Replace the credential; the old one stays until the new one works.",
            "picket integrations rotate Acme\npicket integrations rotate Acme --account picket-api-2 --credential-ends 2027-05-31",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var present = await session.Client.IntegrationAsync(id, cancellationToken);
                var credential = options.Read(session, options.SecretsOf(session), present);
                IntegrationText.Print(
                    session,
                    await session.Client.RotateCredentialAsync(
                        id,
                        new RotateCredential(credential) { EndsOn = session.Get(ends) },
                        cancellationToken
                    )
                );
                return ExitCodes.Ok;
            },
            [which, .. options.All, ends]
        );
    }
}
