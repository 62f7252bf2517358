using Picket.Api;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>What people say of an app.</summary>
internal static class CatalogueInput
{
    private const int Longest = 255;

    public static Dictionary<string, string[]> Mistakes(string? name, string? bundleId, AppPlatform? platform)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(name) || name.Length > Longest || name.Any(char.IsControl))
        {
            mistakes["name"] = [$"Give the app a name of 1 to {Longest} characters."];
        }

        if (
            string.IsNullOrWhiteSpace(bundleId)
            || bundleId.Length > Longest
            || bundleId.Trim().Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign))
        )
        {
            mistakes["bundleId"] =
            [
                $"Give the bundle id or package name, of 1 to {Longest} characters without blanks.",
            ];
        }

        if (platform is not (AppPlatform.Apple or AppPlatform.Android))
        {
            mistakes["platform"] = ["Picket adds apps for Apple or Android."];
        }

        return mistakes;
    }

    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Whether the integration's own group manages it: the same app may be in a group below, too.</summary>
    public static bool IsOf(this CatalogueApp app, IntegrationRow integration) =>
        app.OrganizationGroupId is null || app.OrganizationGroupId == integration.OrganizationGroupId;
}
