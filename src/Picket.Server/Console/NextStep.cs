using Picket.Api;

namespace Picket.Server.Console;

/// <summary>What a person can do about something, as a command of <c>picket</c>.</summary>
/// <param name="Command">The command, ready to be typed.</param>
/// <param name="Effect">What it does, as the end of a sentence.</param>
public sealed record NextStep(string Command, string Effect)
{
    private const string PlainSigns = "-_.";
    private const string QuotableSigns = "-_. ,()&+@/";

    public static IReadOnlyList<NextStep> Of(IntegrationHealth integration) =>
        integration.State switch
        {
            IntegrationState.CredentialRefused =>
            [
                new($"picket doctor {Target(integration)}", "tells what the UEM refuses"),
                new($"picket integrations rotate {Target(integration)}", "takes the mended credential"),
            ],
            IntegrationState.PermissionMissing
            or IntegrationState.OrganizationGroupGone
            or IntegrationState.Unreachable =>
            [
                new($"picket doctor {Target(integration)}", "names what is missing and what mends it"),
            ],
            IntegrationState.Paused =>
            [
                new($"picket integrations resume {Target(integration)}", "takes the schedule up again"),
            ],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(RunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held =>
            [
                new($"picket runs approve {run.Id}", "removes the devices that are no longer listed"),
                new($"picket runs discard {run.Id}", "keeps every device"),
            ],
            RunState.Incomplete or RunState.Failed =>
            [
                new($"picket runs show {run.Id}", "shows the whole run"),
                new($"picket sync {Target(integration)}", "reads again now"),
            ],
            RunState.Cancelled => [new($"picket sync {Target(integration)}", "reads again now")],
            _ => [],
        };

    public static IReadOnlyList<NextStep> Of(TagRunView run, IntegrationHealth integration) =>
        run.State switch
        {
            RunState.Held =>
            [
                new($"picket tags approve {run.Id}", "writes them"),
                new($"picket tags discard {run.Id}", "writes none"),
            ],
            RunState.Incomplete or RunState.Failed =>
            [
                new($"picket tags show {run.Id}", "shows the whole run"),
                new($"picket tags run {Target(integration)}", "writes again now"),
            ],
            _ => [],
        };

    public static NextStep ToWriting(IntegrationHealth integration) =>
        new($"picket tags preview {Target(integration)}", "shows what would be written");

    /// <summary>Its name, as every shell takes it; else its id, which is as good.</summary>
    private static string Target(IntegrationHealth integration)
    {
        bool Has(string signs) => integration.Name.All(sign => char.IsAsciiLetterOrDigit(sign) || signs.Contains(sign));
        return integration.Name.StartsWith('-') ? integration.Id.ToString()
            : Has(PlainSigns) ? integration.Name
            : Has(QuotableSigns) ? $"\"{integration.Name}\""
            : integration.Id.ToString();
    }
}
