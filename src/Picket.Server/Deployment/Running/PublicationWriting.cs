using Picket.Api;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// What a publication writes into the UEM: of a ring that begins 1 licences, 2 its smart group, 3 its assignment; of an
/// undo the assignments, then the groups that were made.
/// </summary>
internal sealed class PublicationWriting(
    PicketDatabase database,
    WorkspaceOneClient client,
    int organizationGroup,
    TimeProvider time,
    ILogger log
)
{
    private readonly PublicationLedger ledger = new(database, time);
    private readonly PublicationWrites writes = new(database, time);

    /// <returns>False: nothing of it is there; it may be planned anew later.</returns>
    /// <exception cref="DeploymentStoppedException">A person decides; the message says about what.</exception>
    public async Task<bool> WriteAsync(
        PublicationRow publication,
        List<PublicationRingRow> rings,
        PublicationReading reading,
        CancellationToken cancellation
    )
    {
        var writer = new AssignmentWriter(database, ledger, client, publication, time, log);
        var groups = new RingGroupMaker(writes, client, publication, organizationGroup);
        if (publication.Touched == TouchedByOthers.Leave)
        {
            foreach (var name in await writer.TouchedAsync(cancellation))
            {
                await ledger.LeaveAsync(publication, name, cancellation);
                rings.Single(ring => PublicationJson.NameOf(publication, ring) == name).State = RingState.Left;
            }
        }

        return publication.State == PublicationState.Undoing
            ? await TakeBackAsync(publication, rings, writer, groups, cancellation)
            : await BeginAsync(publication, rings, reading, writer, groups, cancellation);
    }

    private async Task<bool> TakeBackAsync(
        PublicationRow publication,
        List<PublicationRingRow> rings,
        AssignmentWriter writer,
        RingGroupMaker groups,
        CancellationToken cancellation
    )
    {
        if (!await writer.WriteAsync([], publication.Begun - 1, LedgerKinds.WithdrawApp, cancellation))
        {
            return false;
        }

        publication.Reason = await DeleteGroupsAsync(rings, groups, cancellation);
        (publication.State, publication.EndedAt) = (PublicationState.Undone, time.GetUtcNow());
        (publication.GoesOnAt, publication.Touched) = (null, TouchedByOthers.Stop);
        return true;
    }

    private async Task<bool> BeginAsync(
        PublicationRow publication,
        List<PublicationRingRow> rings,
        PublicationReading reading,
        AssignmentWriter writer,
        RingGroupMaker groups,
        CancellationToken cancellation
    )
    {
        var last = publication.Begun - 1;
        var scope = await reading.KeepVerdictsAsync(publication, rings, cancellation);
        if (
            publication.Kind == PublishedAppKind.Purchased
            && !await writer.IsThereAsync(PublicationJson.NameOf(publication, rings[last]), cancellation)
        )
        {
            await DemandLicencesAsync(publication, rings, scope, cancellation); // 1
            await new DeviceLicences(writes, client, publication).SwitchOnAsync(cancellation);
        }

        if (RingGroups.IsToBeMade(rings[last])) // 2
        {
            await groups.MakeAsync(rings[last], scope.ToGroup(last, publication.Platform), cancellation);
        }

        // A share that was passed over has no smart group, and those that it is taken from are not meant.
        var wanted = rings
            .Where(ring => ring.Number <= last && ring.State != RingState.Left && !RingGroups.IsToBeMade(ring))
            .ToList();
        if (!await writer.WriteAsync(wanted, last, LedgerKinds.PublishApp, cancellation)) // 3
        {
            return false;
        }

        if (rings[last].State == RingState.Writing)
        {
            (rings[last].State, rings[last].BeganAt) = (RingState.Watching, time.GetUtcNow());
        }

        publication.Touched = TouchedByOthers.Stop;
        return true;
    }

    /// <returns>What stays in the UEM, and why; null when nothing does.</returns>
    private static async Task<string?> DeleteGroupsAsync(
        List<PublicationRingRow> rings,
        RingGroupMaker groups,
        CancellationToken cancellation
    )
    {
        var stay = new List<string>();
        foreach (var ring in rings.Where(RingGroups.IsToBeMade))
        {
            if (await groups.SettleAsync(ring, cancellation) is { } open)
            {
                stay.Add(open);
            }
        }

        foreach (var ring in rings.Where(ring => ring.MadeGroupId is not null))
        {
            if (await groups.DeleteAsync(ring, cancellation) is { } why)
            {
                stay.Add(why);
            }
        }

        return stay.Count == 0 ? null : string.Join(' ', stay);
    }

    private async Task DemandLicencesAsync(
        PublicationRow publication,
        List<PublicationRingRow> rings,
        PublicationScope scope,
        CancellationToken cancellation
    )
    {
        var last = publication.Begun - 1;
        var licences = await Licences.OfAsync(
            client,
            publication.AppUuid,
            [
                .. await Licences.ElsewhereAsync(database, publication, cancellation),
                .. rings.Where(ring => ring.Number < last).Select(ring => scope.Licensed(publication, ring)),
            ],
            [scope.Licensed(publication, rings[last])],
            cancellation
        );
        if (licences.Lack is { } lack)
        {
            throw new DeploymentStoppedException($"The ring '{rings[last].Name}' does not begin. {lack}");
        }
    }
}
