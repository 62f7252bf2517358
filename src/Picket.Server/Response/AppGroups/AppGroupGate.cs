using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Whether app groups may be written now. Asked at the start of a run and in the transaction of each ledger mark, so that
/// nothing is marked after it was switched off.
/// </summary>
internal static class AppGroupGate
{
    public const string Off = "Lists of denied apps are switched off; accept a preview.";

    /// <returns>Why not; null when it may go on.</returns>
    public static async Task<string?> RefusalAsync(
        PicketDbContext db,
        AppGroupRunRow run,
        CancellationToken cancellation
    )
    {
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == run.IntegrationId, cancellation);
        if (integration is null)
        {
            return "The integration was removed.";
        }

        var cancelled = await db
            .AppGroupRuns.Where(row => row.Id == run.Id)
            .Select(row => row.CancelledBy)
            .SingleOrDefaultAsync(cancellation);
        return cancelled is not null
            ? "It was cancelled."
            : Refusal(integration, await SwitchAsync(db, run.IntegrationId, cancellation), run.Kind);
    }

    /// <summary>Cleaning up is asked for by a person, who switched the lists off with the same word.</summary>
    public static string? Refusal(
        IntegrationRow integration,
        AppGroupSwitchRow? lists,
        AppGroupRunKind kind = AppGroupRunKind.Lists
    ) =>
        integration.WhyNotAsked
        ?? (
            kind == AppGroupRunKind.CleanUp ? null
            : lists is not { Enabled: true } ? Off
            : lists.AcceptedFor == For(integration) ? null
            : "The address, the organization group or the scope changed since lists of denied apps were accepted; accept a new preview."
        );

    public static Task<AppGroupSwitchRow?> SwitchAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) => db.AppGroupSwitches.AsNoTracking().SingleOrDefaultAsync(row => row.IntegrationId == integration, cancellation);

    /// <summary>What an administrator's word is bound to: where the lists go, and whose apps count.</summary>
    public static string For(IntegrationRow integration) =>
        JsonSerializer.Serialize(
            new
            {
                integration.Address,
                integration.OrganizationGroupId,
                Excluded = integration.ExcludedOrganizationGroups.Order(),
                SmartGroups = integration.SmartGroups.Order(),
            }
        );
}
