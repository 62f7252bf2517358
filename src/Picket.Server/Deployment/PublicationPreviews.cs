using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Says what a publication would do in the UEM as it is now, all rings together. Writes nothing.</summary>
internal sealed class PublicationPreviews(PicketDatabase database, UemConnections connections)
{
    /// <exception cref="DeploymentStoppedException">The integration is not read now.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    public async Task<PublicationPreview> OfAsync(PublicationRow row, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(each => each.Id == row.IntegrationId, cancellation);
        if (integration.WhyNotAsked is { } refusal)
        {
            throw new DeploymentStoppedException(refusal);
        }

        var rings = await db
            .PublicationRings.AsNoTracking()
            .Where(ring => ring.PublicationId == row.Id)
            .OrderBy(ring => ring.Number)
            .ToListAsync(cancellation);
        var owned = await OwnedAssignments.OfAsync(db, row.Id, cancellation);
        var connection = await connections.OpenAsync(row.IntegrationId, cancellation);
        var client = connection.Client.Interactive;
        var current = AssignmentList.Read((await client.AppAssignments.ReadAsync(row.AppUuid, cancellation)).Raw);
        var scope = await PublicationScope.ReadAsync(database, client, row, rings, cancellation);
        var keys = PublicationJson.CoreOf(PublicationJson.KeysOf(row.Configuration));
        var mistakes = await ConfigurationTemplates.MistakesAsync(
            client,
            integration,
            row.Platform,
            keys,
            cancellation
        );
        var licences =
            row.Kind == PublishedAppKind.Purchased
                ? await LicencesAsync(client, row, rings, scope, cancellation)
                : null;
        var switches = row.DeviceLicences && !await DeviceLicences.AreOnAsync(client, row, cancellation);
        await connection.SaveQuotaAsync(cancellation);
        return Of(row, rings, current, owned, scope) with
        {
            Mistakes = mistakes,
            Licences = licences,
            NoWayBack = switches ? [DeviceLicences.NoWayBack] : [],
        };
    }

    private static PublicationPreview Of(
        PublicationRow row,
        List<PublicationRingRow> rings,
        AssignmentList current,
        IReadOnlyList<OwnedAssignment> owned,
        PublicationScope scope
    )
    {
        var plan = AssignmentPlanner.Plan(current, owned, PublicationJson.Wanted(row, rings));
        var nameOf = rings.ToDictionary(ring => PublicationJson.NameOf(row, ring), ring => ring.Name);
        var ours = owned.Select(each => each.Name).ToHashSet();
        return new PublicationPreview
        {
            Stop = (plan as AssignmentPlan.Stop)?.Reason,
            Rings =
            [
                .. rings.Select(ring => new RingPreview(
                    ring.Name,
                    PublicationJson.NameOf(row, ring),
                    ours.Contains(PublicationJson.NameOf(row, ring))
                        && current.Rows.Any(each => each.Name == PublicationJson.NameOf(row, ring)),
                    scope.Fitting(ring.Number, row.Platform),
                    current
                        .ExcludedSmartGroups.Intersect(RingGroups.Named(ring).Concat(RingGroups.ToAssign(ring)))
                        .Any(),
                    RingGroups.IsToBeMade(ring)
                )),
            ],
            Foreign =
            [
                .. current
                    .Rows.Where(each => each.Name is null || !ours.Contains(each.Name))
                    .Select(each => each.Name ?? ""),
            ],
            Shadows = plan is AssignmentPlan.Send send
                ?
                [
                    .. send.Shadowed.Select(each => new ShadowView(
                        nameOf.GetValueOrDefault(each.Own, ""),
                        each.Foreign
                    )),
                ]
                : [],
        };
    }

    private async Task<LicenceView> LicencesAsync(
        WorkspaceOneClient client,
        PublicationRow row,
        List<PublicationRingRow> rings,
        PublicationScope scope,
        CancellationToken cancellation
    )
    {
        var begun = rings.Where(ring => ring.State is not (RingState.Waiting or RingState.Writing)).ToList();
        return await Licences.OfAsync(
            client,
            row.AppUuid,
            [
                .. await Licences.ElsewhereAsync(database, row, cancellation),
                .. begun.Select(ring => scope.Licensed(row, ring)),
            ],
            rings.Except(begun).Select(ring => scope.Licensed(row, ring)),
            cancellation
        );
    }
}
