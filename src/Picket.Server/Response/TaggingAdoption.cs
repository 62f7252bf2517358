using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>An administrator tells Picket to own a tag that it did not make. Its carriers become Picket's to change.</summary>
internal static class TaggingAdoption
{
    public static async Task<Results<Ok<TaggingView>, NotFound, ProblemHttpResult>> AdoptAsync(
        Guid id,
        AdoptTag wish,
        HttpContext context,
        PicketDbContext db,
        UemConnections connections,
        TaggingQueries queries,
        ChangeGate gate,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        IReadOnlyList<ListedTag> listed;
        try
        {
            var connection = await connections.OpenAsync(id, cancellation);
            listed = await new UemTags(connection.Client.Interactive, integration.OrganizationGroupId).ListAsync(
                cancellation
            );
        }
        catch (Exception failure) when (TaggingProblems.IsUemFailure(failure))
        {
            return TaggingProblems.UemFailed(failure);
        }

        var names = await TagNames.OfAsync(db, integration, cancellation);
        var ours = names.FirstOrDefault(name => IsSame(name.Name, wish.TagName));
        var tag = listed.FirstOrDefault(tag => IsSame(tag.Name, wish.TagName));
        if (ours is null || tag is null)
        {
            return TaggingProblems.NotAdoptable(wish.TagName, integration.TagPrefix);
        }

        var own = await OwnAsync(db, integration, ours.Name, time.GetUtcNow(), cancellation);
        if (own.RemoteId != tag.Id)
        {
            (own.RemoteId, own.Adopted, own.Uem) = ((int)tag.Id, true, integration.Address);
            (own.Level, own.Set, own.InForce) = (ours.Level, ours.Set, true);
            audit.Add(db, AuditLog.ActorOf(context.User), "tagging.adopted", id.ToString(), after: tag);
            if (await TaggingEndpoints.TrySaveAsync(db, cancellation) is { } lost)
            {
                return lost;
            }
        }

        return TypedResults.Ok((await queries.StateAsync(id, cancellation))!);
    }

    /// <summary>There is a row already where a tag of ours was deleted in the UEM and somebody made it anew.</summary>
    private static async Task<OwnedTagRow> OwnAsync(
        PicketDbContext db,
        IntegrationRow integration,
        string name,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        await db.OwnedTags.SingleOrDefaultAsync(
            row =>
                row.IntegrationId == integration.Id
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.Name == name,
            cancellation
        ) ?? db.OwnedTags.Add(OwnedTags.New(integration, name, now)).Entity;

    private static bool IsSame(string one, string other) =>
        one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
