using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// Makes the smart group of a ring that is a share or that of user groups, and deletes it once nothing of the publication is in the UEM. Made
/// once, and never twice on one word: after a lost answer the UEM is asked for the name, and then a person.
/// </summary>
internal sealed class RingGroupMaker(
    PublicationWrites writes,
    WorkspaceOneClient client,
    PublicationRow publication,
    int organizationGroup
)
{
    private const string Right = "rest-smart-groups-edit";

    /// <param name="devices">The UEM's numbers.</param>
    /// <exception cref="DeploymentStoppedException">A person decides; the message says about what.</exception>
    public async Task MakeAsync(
        PublicationRingRow ring,
        IReadOnlyCollection<int> devices,
        CancellationToken cancellation
    )
    {
        var name = PublicationJson.NameOf(publication, ring);
        // Of user groups nobody has to be there yet: who joins later gets the app.
        if (devices.Count == 0 && RingGroups.OfUsers(ring).Count == 0)
        {
            throw new DeploymentStoppedException(
                $"The ring '{ring.Name}' does not begin: none of the devices in its share can have the app. Look at its smart groups, or resume with the next ring."
            );
        }

        var found = await FindAsync(name, cancellation);
        var pending = await writes.PendingAsync(publication, LedgerKinds.CreateSmartGroup, name, cancellation);
        if (pending is { } mark && found is not null)
        {
            await KeepAsync(mark.Entry, ring, found, devices.Count, cancellation);
            return;
        }

        if (pending is { IsOfThisWord: true })
        {
            throw NotClear(name);
        }

        if (pending is { Entry: var before })
        {
            await writes.NotThereAsync(before, cancellation); // Somebody has said "again" since.
        }

        if (found is not null)
        {
            throw Taken(name);
        }

        await SendAsync(ring, name, devices, wasUnclear: pending is not null, cancellation);
    }

    /// <summary>
    /// Before an undo: a group whose making was never settled is looked for, and is the ring's when it is there.
    /// </summary>
    /// <returns>What a person has to look at; null when nothing is open.</returns>
    public async Task<string?> SettleAsync(PublicationRingRow ring, CancellationToken cancellation)
    {
        var name = PublicationJson.NameOf(publication, ring);
        if (await writes.PendingAsync(publication, LedgerKinds.CreateSmartGroup, name, cancellation) is not { } mark)
        {
            return null;
        }

        if (await FindAsync(name, cancellation) is { } found)
        {
            await KeepAsync(mark.Entry, ring, found, 0, cancellation);
            return null;
        }

        await writes.NotThereAsync(mark.Entry, cancellation);
        return $"Whether the smart group '{name}' was made is not clear: its answer is lost, and the UEM does not list it. Look there, and delete it.";
    }

    /// <returns>What stays in the UEM, and why; null when it is gone.</returns>
    /// <exception cref="DeploymentStoppedException">The account may not delete it.</exception>
    public async Task<string?> DeleteAsync(PublicationRingRow ring, CancellationToken cancellation)
    {
        var (name, id) = (PublicationJson.NameOf(publication, ring), ring.MadeGroupId!.Value);
        UemSmartGroup found;
        try
        {
            found = await client.SmartGroups.GetAsync(id, cancellation);
        }
        catch (NotFoundException)
        {
            await writes.ForgetGroupAsync(publication, ring, name, cancellation);
            return null;
        }

        if (found.Name != name || (found.Uuid is { } uuid && uuid != ring.MadeGroupUuid))
        {
            return Stays(found.Name ?? "", "somebody renamed it");
        }

        // Whether something is assigned by it the UEM knows best: its counts lag, and it refuses to delete such a group.
        if (found.Exclusions > 0)
        {
            return Stays(name, "something excludes it");
        }

        var entry = await writes.MarkSentAsync(publication, LedgerKinds.DeleteSmartGroup, name, cancellation);
        try
        {
            await client.SmartGroups.DeleteAsync(id, cancellation);
        }
        catch (NotFoundException)
        {
            // Gone: before, or by a call of which the answer was lost.
        }
        catch (WorkspaceOneException failure)
        {
            if (WriteFailure.Of(failure) == WriteFate.Unclear)
            {
                await writes.UnclearAsync(entry, failure, cancellation);
                throw; // It is looked for again.
            }

            await writes.FailedAsync(entry, failure, cancellation);
            return WriteFailure.Of(failure) == WriteFate.Refused
                ? Stays(name, $"the UEM refused to delete it ({failure.Reason})")
                : throw Explained(failure, "then undo again");
        }

        await writes.ForgetGroupAsync(publication, ring, name, cancellation);
        return null;
    }

    private async Task SendAsync(
        PublicationRingRow ring,
        string name,
        IReadOnlyCollection<int> devices,
        bool wasUnclear,
        CancellationToken cancellation
    )
    {
        var entry = await writes.MarkSentAsync(publication, LedgerKinds.CreateSmartGroup, name, cancellation);
        EntityRef made;
        try
        {
            made = RingGroups.OfUsers(ring) is { Count: > 0 } people
                ? await client.SmartGroups.CreateOfUserGroupsAsync(
                    name,
                    organizationGroup,
                    [.. people.Select(group => (group.Id, group.Name))],
                    cancellation
                )
                : await client.SmartGroups.CreateAsync(name, organizationGroup, devices, cancellation);
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) == WriteFate.Unclear)
        {
            await writes.UnclearAsync(entry, failure, cancellation);
            var found = await FindAsync(name, cancellation) ?? throw NotClear(name);
            await KeepAsync(entry, ring, found, devices.Count, cancellation);
            return;
        }
        catch (AlreadyThereException) when (wasUnclear)
        {
            // What was made by an attempt of ours that nobody could settle: the list was late.
            var found = await FindAsync(name, cancellation) ?? throw NotClear(name);
            await KeepAsync(entry, ring, found, devices.Count, cancellation);
            return;
        }
        catch (WorkspaceOneException failure)
        {
            await writes.FailedAsync(entry, failure, cancellation);
            throw failure is AlreadyThereException ? Taken(name) : Explained(failure, "then resume");
        }

        await KeepAsync(entry, ring, new Found(made.Id!.Value, made.Uuid), devices.Count, cancellation);
    }

    private async Task KeepAsync(
        Guid entry,
        PublicationRingRow ring,
        Found group,
        int devices,
        CancellationToken cancellation
    )
    {
        var there = await client.SmartGroups.GetAsync(group.Id, cancellation);
        var people = RingGroups.OfUsers(ring).Select(each => each.Id).Order();
        if (!people.SequenceEqual((there.UserGroups ?? []).Select(each => each.Id ?? 0).Order()))
        {
            // A rule that the UEM dropped would be no rule: the app would go to everybody.
            throw new DeploymentStoppedException(
                $"The smart group {group.Id} was made, and the UEM does not show the user groups that it is to be of. No app is assigned by it: look at it there, delete it, then undo."
            );
        }

        var uuid =
            there.Uuid
            ?? group.Uuid
            ?? throw new DeploymentStoppedException(
                $"The UEM tells no unique id of the smart group {group.Id} that was made, and apps are assigned by it. Resume to ask again."
            );
        await writes.KeepGroupAsync(entry, ring, new MadeGroup(group.Id, uuid, devices), cancellation);
    }

    /// <summary>By its whole name, in the organization group in which it would be made: there a name is unique.</summary>
    private async Task<Found?> FindAsync(string name, CancellationToken cancellation)
    {
        var listing = await client.SmartGroups.Search(organizationGroup, name).ReadAllAsync(cancellation);
        if (!listing.Report.Complete)
        {
            throw new DeploymentStoppedException(
                "The UEM's listing of smart groups does not add up, so nothing is made on top of it. Resume to read it again."
            );
        }

        return listing
            .Items.Where(group =>
                string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase)
                && (group.ManagedByOrganizationGroupId ?? organizationGroup) == organizationGroup
            )
            .Select(group => new Found(group.Id, group.Uuid))
            .FirstOrDefault();
    }

    /// <summary>A missing right is named by its row; the rest is waited for, or stops with the UEM's words.</summary>
    private static Exception Explained(WorkspaceOneException failure, string then) =>
        failure is PermissionMissingException
            ? new DeploymentStoppedException(MissingRight.Explain(failure, Right, then))
            : failure;

    private static DeploymentStoppedException NotClear(string name) =>
        new(
            $"Whether the smart group '{name}' was made is not clear: its answer is lost, and the UEM does not list it. Look there, then resume: it is made if it is still not there."
        );

    private static DeploymentStoppedException Taken(string name) =>
        new(
            $"The UEM has a smart group called '{name}' that this publication did not make. Rename or delete it, then resume."
        );

    private static string Stays(string name, string why) =>
        $"The smart group '{name}' stays in the UEM: {why}. Delete it there when nobody needs it.";

    private sealed record Found(int Id, Guid? Uuid);
}
