using Picket.Api;
using static Picket.Server.Console.Texts;

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
                AskDoctor(integration),
                new(T("Replace the credential"), Integration(integration), T("takes the mended one")),
            ],
            IntegrationState.PermissionMissing
            or IntegrationState.OrganizationGroupGone
            or IntegrationState.Unreachable => [AskDoctor(integration)],
            IntegrationState.Paused =>
            [
                new(T("Resume it"), Integration(integration), T("takes the schedule up again")),
            ],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(RunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held => [new(T("Decide"), Run(run), T("shows what would be removed, and asks you"))],
            RunState.Incomplete or RunState.Failed =>
            [
                new(T("Look at the run"), Run(run), T("shows each of its stages")),
                new(T("Sync now"), Runs(integration), T("reads again")),
            ],
            RunState.Cancelled => [new(T("Sync now"), Runs(integration), T("reads again"))],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(TagRunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held => [new(T("Decide"), Responses(integration), T("shows what would be written, and asks you"))],
            RunState.Incomplete or RunState.Failed =>
            [
                new(T("Look at what was written"), Responses(integration), T("shows each write, and writes again")),
            ],
            _ => [],
        };

    public static NextStep ToWriting(IntegrationHealth integration) =>
        new(T("Preview the tags"), Responses(integration), T("shows what would be written"));

    private static NextStep AskDoctor(IntegrationHealth integration) =>
        new(T("Ask the doctor"), Integration(integration), T("names what is wrong and what mends it"));

    private static string Integration(IntegrationHealth integration) => $"/integrations/{integration.Id}";

    private static string Run(RunView run) => $"/sync/{run.Id}";

    private static string Runs(IntegrationHealth integration) => $"/sync?integration={integration.Id}";

    private static string Responses(IntegrationHealth integration) => $"/responses?integration={integration.Id}";
}
