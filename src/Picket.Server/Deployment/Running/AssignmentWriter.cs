using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// Makes the UEM's list what a publication wants it to be: 1 read and plan; 2 mark in the ledger; 3 read again, and plan
/// anew when others changed what is theirs; 4 send once; 5 read back, which alone decides.
/// </summary>
internal sealed class AssignmentWriter(
    PicketDatabase database,
    PublicationLedger ledger,
    WorkspaceOneClient client,
    PublicationRow publication,
    TimeProvider time,
    ILogger log
)
{
    private const int MostPlans = 4;

    /// <param name="ring">Number of the ring whose beginning it is; that of the last one for an undo.</param>
    /// <returns>False: nothing of it is there; it may be planned anew later.</returns>
    /// <exception cref="DeploymentStoppedException">A person decides; the message says about what.</exception>
    public async Task<bool> WriteAsync(
        IReadOnlyList<PublicationRingRow> rings,
        int ring,
        string kind,
        CancellationToken cancellation
    )
    {
        var wanted = PublicationJson.Wanted(publication, rings);
        var ringOf = rings.ToDictionary(each => PublicationJson.NameOf(publication, each), each => each.Number);
        var current = await ReadAsync(cancellation);
        var marked = Guid.Empty;
        for (var plans = 0; plans < MostPlans; plans++)
        {
            var owned = await OwnedAsync(cancellation);
            switch (AssignmentPlanner.Plan(current, owned, wanted)) // 1
            {
                case AssignmentPlan.Stop stop:
                    if (marked != Guid.Empty)
                    {
                        await ledger.FailedAsync(publication, stop.Reason, null, cancellation); // It was not sent.
                    }

                    throw new DeploymentStoppedException(stop.Reason);
                case AssignmentPlan.Nothing there:
                    await ConfirmAsync(there.Current, wanted, cancellation);
                    return true;
                case AssignmentPlan.Send send:
                    if (marked == Guid.Empty)
                    {
                        marked = await ledger.MarkSentAsync(publication, ring, kind, send, ringOf, cancellation); // 2
                        owned = await OwnedAsync(cancellation);
                    }

                    current = await ReadAsync(cancellation); // 3
                    var check = AssignmentPlanner.Check(send, current, owned);
                    if (check == AssignmentCheck.Send)
                    {
                        await PassAsync(cancellation);
                        return await SendAsync(send, owned, wanted, marked, cancellation); // 4, 5
                    }

                    if (check == AssignmentCheck.Stop)
                    {
                        // Not sent: what is ours is judged by what was known of it before the mark.
                        await ledger.FailedAsync(publication, "Somebody changed it meanwhile.", null, cancellation);
                        marked = Guid.Empty;
                    }

                    break;
            }
        }

        await ledger.FailedAsync(publication, "The list kept changing; it was not sent.", null, cancellation);
        return false;
    }

    public async Task<bool> IsThereAsync(string name, CancellationToken cancellation) =>
        (await ReadAsync(cancellation)).Rows.Any(row => row.Name == name);

    /// <summary>What somebody else changed of ours, by name.</summary>
    public async Task<IReadOnlyList<string>> TouchedAsync(CancellationToken cancellation)
    {
        var current = await ReadAsync(cancellation);
        await using var db = database.Open();
        var owned = await OwnedAssignments.OfAsync(db, publication.Id, cancellation);
        return
        [
            .. owned
                .Where(own => AssignmentPlanner.Undo(current, [own]) is AssignmentPlan.Stop)
                .Select(own => own.Name),
        ];
    }

    /// <summary>Between the mark and the call others were read, and waited for: it may have been switched off since.</summary>
    private async Task PassAsync(CancellationToken cancellation)
    {
        try
        {
            await using var db = database.Open();
            await DeploymentGate.PassAsync(db, publication, cancellation);
        }
        catch (Exception stopped) when (stopped is DeploymentStoppedException or OutdatedWordException)
        {
            await ledger.FailedAsync(publication, "It was stopped before it was sent.", null, cancellation);
            throw;
        }
    }

    private async Task<bool> SendAsync(
        AssignmentPlan.Send plan,
        IReadOnlyList<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted,
        Guid entry,
        CancellationToken cancellation
    )
    {
        try
        {
            var rules = new AppAssignmentRules(plan.ToSend.ToJson());
            await client.AppAssignments.ReplaceAsync(publication.AppUuid, rules, cancellation);
            await ledger.AnsweredAsync(entry, cancellation);
        }
        catch (WorkspaceOneException failure) when (WriteFailure.Of(failure) != WriteFate.Unclear)
        {
            await ledger.FailedAsync(publication, failure.Message, failure, cancellation);
            throw;
        }
        catch (WorkspaceOneException failure)
        {
            await ledger.UnclearAsync(entry, failure, cancellation);
        }

        var now = await ReadAsync(cancellation);
        switch (AssignmentPlanner.ReadBack(plan, now, owned, wanted))
        {
            case AssignmentReadBack.ForeignChanged:
                DeploymentLog.ForeignChanged(log, publication.Id);
                await ConfirmAsync(now, wanted, cancellation, ForeignChange(plan, now, owned, wanted));
                return true;
            case AssignmentReadBack.Done:
                await ConfirmAsync(now, wanted, cancellation);
                return true;
            case AssignmentReadBack.NotDone:
                await ledger.FailedAsync(publication, "It was not there when it was looked for.", null, cancellation);
                return false;
            default:
                throw new DeploymentStoppedException(
                    "Some of what Picket sent is in the UEM and some is not, or it looks otherwise than sent. Look at the app's assignments in the UEM, then resume: write it again, or leave it."
                );
        }
    }

    private ForeignChangeView ForeignChange(
        AssignmentPlan.Send plan,
        AssignmentList now,
        IReadOnlyList<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        var ours = owned.Select(each => each.Name).Concat(wanted.Select(each => each.Name)).ToHashSet();
        var difference = ForeignDifference.Between(plan.ToSend, now, ours);
        return new ForeignChangeView
        {
            At = time.GetUtcNow(),
            Added = difference.Added,
            Removed = difference.Removed,
            Changed = difference.Changed,
            Rest = difference.Rest,
        };
    }

    private Task ConfirmAsync(
        AssignmentList current,
        IReadOnlyList<WantedAssignment> wanted,
        CancellationToken cancellation,
        ForeignChangeView? change = null
    ) => ledger.ConfirmAsync(publication, current, [.. wanted.Select(each => each.Name)], change, cancellation);

    private async Task<AssignmentList> ReadAsync(CancellationToken cancellation) =>
        AssignmentList.Read((await client.AppAssignments.ReadAsync(publication.AppUuid, cancellation)).Raw);

    private async Task<IReadOnlyList<OwnedAssignment>> OwnedAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var owned = await OwnedAssignments.OfAsync(db, publication.Id, cancellation);
        // A person wants it written again, whatever somebody made of it.
        return publication.Touched == TouchedByOthers.Overwrite
            ? [.. owned.Select(own => own with { LastRead = null })]
            : owned;
    }
}
