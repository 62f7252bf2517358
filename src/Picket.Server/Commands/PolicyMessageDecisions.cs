using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Commands;

/// <summary>A person's word about the messages that a version of the policy would send first.</summary>
public sealed class PolicyMessageDecisions(
    PicketDatabase database,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>What came in between was not seen: then nothing is decided.</summary>
    public async Task<ProblemHttpResult?> DecideAsync(
        Guid integration,
        DecideMessages wish,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (!user.IsWholePerson())
        {
            return CommandProblems.PeopleOnly("has users written to");
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        await using var db = database.Open();
        await using (var transaction = await DurableTransaction.BeginAsync(db, cancellation))
        {
            var waiting = PolicyMessageSet
                .Waiting(db, integration)
                .Where(row => row.PolicyVersion == wish.PolicyVersion);
            var decided = wish.Approve
                ? await PolicyMessageSet.ApproveAsync(db, waiting, actor, user.PersonId(), now, cancellation)
                : await PolicyMessageSet.EndAsync(
                    db,
                    waiting,
                    CommandState.Declined,
                    "A person declined it.",
                    actor,
                    now,
                    cancellation
                );
            if (decided != wish.Messages || decided == 0)
            {
                return CommandProblems.OtherMessagesWait(decided);
            }

            var action = wish.Approve ? "messages.approved" : "messages.declined";
            audit.Add(db, actor, action, $"{integration}", after: new { wish.PolicyVersion, wish.Messages });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await grains.GetGrain<ICommandGrain>(integration).PokeAsync();
        return null;
    }
}
