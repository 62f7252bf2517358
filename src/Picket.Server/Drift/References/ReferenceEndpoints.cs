using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>Which smart groups name our tags, and a look at them now.</summary>
internal static class ReferenceEndpoints
{
    public static void MapReferences(this WebApplication app)
    {
        app.MapGet(Routes.TagReferences, GetAsync);
        app.MapPost(Routes.TagReferences, LookAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<TagReferencesView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) => TypedResults.Ok(await ViewAsync(db, id, cancellation));

    private static async Task<Results<Accepted<TagReferencesView>, NotFound, ProblemHttpResult>> LookAsync(
        Guid id,
        PicketDbContext db,
        ReferenceRunner references,
        IGrainFactory grains,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (TaggingGate.Refusal(integration) is { } refusal)
        {
            return TaggingProblems.NotAllowedNow(refusal);
        }

        await references.AskAsync(db, id, cancellation);
        await grains.GetGrain<ITaggingGrain>(id).PokeAsync();
        return TypedResults.Accepted(Routes.Fill(Routes.TagReferences, id), await ViewAsync(db, id, cancellation));
    }

    public static async Task<TagReferencesView> ViewAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var watch = await db
            .ReferenceWatches.AsNoTracking()
            .SingleOrDefaultAsync(row => row.IntegrationId == integration, cancellation);
        var read = await db.SmartGroupLooks.CountAsync(row => row.IntegrationId == integration, cancellation);
        var named = await (
            from row in db.TagReferences.AsNoTracking()
            join tag in db.OwnedTags on row.OwnedTagId equals tag.Id
            where row.IntegrationId == integration
            orderby row.SmartGroup, row.SmartGroupId, tag.Name
            select new TagReference(row.SmartGroupId, row.SmartGroup, tag.Name, row.Since, row.SeenAt, row.MissedAt)
        ).ToListAsync(cancellation);
        var policies = await db
            .WatchedPolicies.AsNoTracking()
            .Where(row => row.IntegrationId == integration)
            .OrderBy(row => row.Name)
            .Select(row => new CompliancePolicyView(
                row.PolicyId,
                row.Name,
                row.Platform,
                row.IsActive,
                row.Assigned,
                true
            ))
            .ToListAsync(cancellation);
        return new TagReferencesView(watch?.ReadAt, watch?.NextAt, watch?.Trouble, watch?.Listed ?? 0, read, named)
        {
            Policies = policies,
        };
    }
}
