using Picket.Api;

namespace Picket.Server.Console;

/// <summary>What a person can do about something, and the page on which it is done.</summary>
/// <param name="Label">What is done, as a link says it.</param>
/// <param name="Page">Where.</param>
/// <param name="Effect">What comes of it, as the end of a sentence.</param>
public sealed record NextStep(string Label, string Page, string Effect)
{
    public static IReadOnlyList<NextStep> Of(IntegrationHealth integration) =>
        integration.State switch
        {
            IntegrationState.CredentialRefused =>
            [
                new("Ask the doctor", Integration(integration), "tells what the UEM refuses"),
                new("Replace the credential", Integration(integration), "takes the mended one"),
            ],
            IntegrationState.PermissionMissing
            or IntegrationState.OrganizationGroupGone
            or IntegrationState.Unreachable =>
            [
                new("Ask the doctor", Integration(integration), "names what is missing and what mends it"),
            ],
            IntegrationState.Paused => [new("Resume it", Integration(integration), "takes the schedule up again")],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(RunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held => [new("Decide", Run(run), "shows what would be removed, and asks you")],
            RunState.Incomplete or RunState.Failed =>
            [
                new("Look at the run", Run(run), "shows each of its stages"),
                new("Sync now", Runs(integration), "reads again"),
            ],
            RunState.Cancelled => [new("Sync now", Runs(integration), "reads again")],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(TagRunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held => [new("Decide", Responses(integration), "shows what would be written, and asks you")],
            RunState.Incomplete or RunState.Failed =>
            [
                new("Look at what was written", Responses(integration), "shows each write, and writes again"),
            ],
            _ => [],
        };

    public static NextStep ToWriting(IntegrationHealth integration) =>
        new("Preview the tags", Responses(integration), "shows what would be written");

    private static string Integration(IntegrationHealth integration) => $"/integrations/{integration.Id}";

    private static string Run(RunView run) => $"/sync/{run.Id}";

    private static string Runs(IntegrationHealth integration) => $"/sync?integration={integration.Id}";

    private static string Responses(IntegrationHealth integration) => $"/responses?integration={integration.Id}";
}
