using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket enrollment</c>: whether users and devices are registered in the UEM.</summary>
internal static class EnrollmentCommands
{
    public static Command Create(Cli cli) =>
        new("enrollment", "Whether users and devices are registered in the UEM.")
        {
            OnOne(
                cli,
                "status",
                "Show whether registering is on, what stops it, and the rights that it needs.",
                "picket enrollment status Acme",
                (client, id, token) => client.EnrollmentAsync(id, token)
            ),
            OnOne(
                cli,
                "on",
                "Switch registering on; asks the UEM first whether the account may read what it needs to.",
                "picket enrollment on Acme",
                (client, id, token) => client.SetEnrollmentAsync(id, enabled: true, token)
            ),
            OnOne(
                cli,
                "off",
                "Switch registering off; an import that is under way stops before its next write.",
                "picket enrollment off Acme",
                (client, id, token) => client.SetEnrollmentAsync(id, enabled: false, token)
            ),
        };

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<EnrollmentView>> act
    )
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var enrollment = await act(session.Client, id, cancellationToken);
                session.Printer.Value(enrollment, screen => ImportText.Write(enrollment, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }
}
