using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>One integration for people.</summary>
internal static class IntegrationText
{
    public static void Print(Session session, IntegrationView view) =>
        session.Printer.Value(view, screen => Write(view, screen));

    private static void Write(IntegrationView view, Screen screen)
    {
        var group = view.OrganizationGroup;
        screen.Pairs(
            ("Name", new Styled(view.Name, Palette.Strong)),
            ("State", new Styled(view.State, Palette.Of(view.State))),
            ("Reason", view.StateReason),
            ("Id", view.Id),
            ("Address", view.Address),
            (
                "Organization group",
                $"{group.Name} ({group.GroupId ?? group.Id.ToString(CultureInfo.InvariantCulture)})"
            ),
            ("Left out", string.Join(", ", view.Scope.ExcludedOrganizationGroups)),
            ("Only smart groups", string.Join(", ", view.Scope.SmartGroups)),
            (
                "Apps kept",
                $"{view.Privacy.CorporateApps} of the organization's devices, {view.Privacy.EmployeeApps} of employees'"
            ),
            ("Sign-in", $"{view.CredentialKind}, {view.Account}"),
            (
                "Credential ends",
                view.CredentialEndsOn is { } ends
                    ? $"{ends:yyyy-MM-dd}{(view.CredentialEndsSoon ? ": replace it with `picket integrations rotate`" : "")}"
                    : null
            ),
            ("Private CA", view.HasCaCertificate ? "yes" : null),
            ("Proxy", view.Proxy?.Address),
            ("You", view.WhyNot ?? $"may change it{(view.Link is { } link ? $", as {link.UserName}" : "")}"),
            ("Recovery", Recovery(view.Recovery)),
            ("Writing", view.Writing ? "on" : "off: see `picket tags preview`"),
            ("Tag prefix", $"'{view.TagPrefix}'"),
            ("Unknown", view.TagUnknown ? "is tagged, too" : null),
            ("Tag calls", $"{view.TagBatchSize} devices each"),
            ("Quota", Quota(view.Quota)),
            ("Last run", view.LastRun is { } run ? $"{run.State} ({run.Kind}, {run.Id})" : "never"),
            ("Next run", view.NextRunAt),
            ("Every", $"{view.SyncIntervalMinutes} min"),
            ("Devices", view.Counts.Devices),
            ("Users", view.Counts.Users),
            ("Apps", CoverageText.Of(view.AppCoverage))
        );
    }

    private static string? Recovery(RecoveryView? recovery) =>
        recovery is null
            ? null
            : $"{recovery.PersonName} {(recovery.Active ? "may" : "could")} change it without the UEM until "
                + $"{Cell.Time(recovery.EndsAt)}: {recovery.Reason}";

    private static string Quota(QuotaView quota) =>
        $"{Cell.Number(quota.UsedToday)} calls used, share {quota.SharePercent}%"
        + (quota.DailyLimit is { } limit ? $" of {Cell.Number(limit)}" : "")
        + (quota.Remaining is { } left ? $", {Cell.Number(left)} left for everybody" : "");
}
