using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>One integration for people.</summary>
internal static class IntegrationText
{
    public static void Print(Session session, IntegrationView view) =>
        session.Printer.Value(view, console => console.Write(Tables.Pairs(Facts(view))));

    private static IEnumerable<(string, string?)> Facts(IntegrationView view)
    {
        var group = view.OrganizationGroup;
        return
        [
            ("Id", view.Id.ToString()),
            ("Name", view.Name),
            ("State", view.State.ToString()),
            ("Reason", view.StateReason),
            ("Address", view.Address),
            (
                "Organization group",
                $"{group.Name} ({group.GroupId ?? group.Id.ToString(CultureInfo.InvariantCulture)})"
            ),
            ("Left out", string.Join(", ", view.Scope.ExcludedOrganizationGroups)),
            ("Only smart groups", string.Join(", ", view.Scope.SmartGroups)),
            ("Sign-in", $"{view.CredentialKind}, {view.Account}"),
            ("Private CA", view.HasCaCertificate ? "yes" : null),
            ("Proxy", view.Proxy?.Address),
            ("Writing", view.Writing ? "on" : "off: see `picket tags preview`"),
            ("Tag prefix", $"'{view.TagPrefix}'"),
            ("Unknown", view.TagUnknown ? "is tagged, too" : null),
            ("Tag calls", $"{view.TagBatchSize} devices each"),
            ("Quota", Quota(view.Quota)),
            ("Last run", view.LastRun is { } run ? $"{run.State} ({run.Kind}, {run.Id})" : "never"),
            ("Next run", Cell.Time(view.NextRunAt)),
            ("Devices", view.Counts.Devices.ToString(CultureInfo.InvariantCulture)),
            ("Users", view.Counts.Users.ToString(CultureInfo.InvariantCulture)),
            ("Apps", CoverageText.Of(view.AppCoverage)),
        ];
    }

    private static string Quota(QuotaView quota) =>
        $"{quota.UsedToday} calls used, share {quota.SharePercent}%"
        + (quota.DailyLimit is { } limit ? $" of {limit}" : "")
        + (quota.Remaining is { } left ? $", {left} left for everybody" : "");
}
