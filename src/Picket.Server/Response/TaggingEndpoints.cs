using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using ApiPreview = Picket.Api.TagPreview;

namespace Picket.Server.Response;

internal static class TaggingEndpoints
{
    private static readonly TimeSpan PreviewLife = TimeSpan.FromHours(24);

    public static void MapTagging(this WebApplication app)
    {
        app.MapGet(Routes.Tagging, StateAsync);
        app.MapPost(Routes.TaggingPreview, PreviewAsync).RequireAuthorization(Policies.Write);
        app.MapPost(Routes.TaggingRun, RunAsync).RequireAuthorization(Policies.Write);
        app.MapPost(Routes.TaggingAccept, AcceptAsync).RequireAuthorization(Policies.ChangeIntegration);
        app.MapPost(Routes.TaggingAdopt, AdoptAsync).RequireAuthorization(Policies.ChangeIntegration);
        app.MapPost(Routes.TaggingHeldApprove, ApproveAsync).RequireAuthorization(Policies.ChangeIntegration);
        app.MapPost(Routes.TaggingHeldDiscard, DiscardAsync).RequireAuthorization(Policies.ChangeIntegration);
    }

    private static async Task<Results<Ok<TaggingView>, NotFound>> StateAsync(
        Guid id,
        TaggingQueries queries,
        CancellationToken cancellation
    ) => await queries.StateAsync(id, cancellation) is { } state ? TypedResults.Ok(state) : TypedResults.NotFound();

    private static async Task<Results<Ok<ApiPreview>, NotFound, ProblemHttpResult>> PreviewAsync(
        Guid id,
        TaggingQueries queries,
        CancellationToken cancellation
    )
    {
        try
        {
            return await queries.PreviewAsync(id, cancellation) is { } preview
                ? TypedResults.Ok(preview)
                : TypedResults.NotFound();
        }
        catch (Exception failure) when (failure is WorkspaceOneException or IncoherentTagsException)
        {
            return TypedResults.Problem(
                failure.Message,
                statusCode: StatusCodes.Status502BadGateway,
                title: "The UEM could not be asked"
            );
        }
    }

    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> AcceptAsync(
        Guid id,
        Guid previewId,
        ClaimsPrincipal user,
        PicketDbContext db,
        TagRunQueue queue,
        IGrainFactory grains,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var preview = await db.TagPreviews.SingleOrDefaultAsync(
            row => row.Id == previewId && row.IntegrationId == id,
            cancellation
        );
        var integration = await db.Integrations.SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (preview is null || integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await RefusalAsync(db, preview, time.GetUtcNow(), cancellation) is { } refusal)
        {
            return TypedResults.Problem(
                refusal,
                statusCode: StatusCodes.Status409Conflict,
                title: "The preview cannot be accepted"
            );
        }

        var actor = AuditLog.ActorOf(user);
        (preview.Accepted, preview.AcceptedBy) = (true, actor);
        integration.WritingEnabled = true;
        integration.Version++;
        audit.Add(db, actor, "tagging.accepted", id.ToString(), after: new { previewId, preview.ChangedDevices });
        await db.SaveChangesAsync(cancellation);

        // Verdicts may have moved a little since; beyond the brake's own share the run asks again.
        var accepted = preview.ChangedDevices + (int)(preview.Fleet * new Core.Response.TagBrake().Share);
        return await StartAsync(id, accepted, actor, queue, grains, cancellation);
    }

    private static async Task<string?> RefusalAsync(
        PicketDbContext db,
        TagPreviewRow preview,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (
            await db.TagPreviews.AnyAsync(
                row => row.IntegrationId == preview.IntegrationId && row.Id > preview.Id,
                cancellation
            )
        )
        {
            return "There is a newer preview; accept that one.";
        }

        if (now - preview.MadeAt > PreviewLife)
        {
            return "The preview is older than a day; make a new one.";
        }

        var shown = JsonSerializer.Deserialize(preview.Summary, PicketApiJson.Default.TagPreview)!;
        return shown.ForeignTags.Count == 0
            ? null
            : $"The UEM had {string.Join(", ", shown.ForeignTags)} before Picket. Choose another prefix, or tell Picket to own these tags.";
    }

    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> RunAsync(
        Guid id,
        PicketDbContext db,
        TagRunQueue queue,
        IGrainFactory grains,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        return integration.WritingEnabled
            ? await StartAsync(id, null, null, queue, grains, cancellation)
            : TypedResults.Problem(
                "Nothing is written before a preview was accepted. Make a preview, look at it, and accept it.",
                statusCode: StatusCodes.Status409Conflict,
                title: "Writing is off"
            );
    }

    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> StartAsync(
        Guid id,
        int? acceptedChanges,
        string? actor,
        TagRunQueue queue,
        IGrainFactory grains,
        CancellationToken cancellation
    )
    {
        if (await queue.AddAsync(id, acceptedChanges, actor, cancellation) is not { } run)
        {
            return TypedResults.Problem(
                "A held run waits for a person. Approve or discard it first.",
                statusCode: StatusCodes.Status409Conflict,
                title: "A tag run is held"
            );
        }

        await grains.GetGrain<ITaggingGrain>(id).PokeAsync();
        return TypedResults.Accepted(Routes.Fill(Routes.Tagging, id), TaggingQueries.View(run));
    }

    private static async Task<Results<Ok<TaggingView>, NotFound, ProblemHttpResult>> AdoptAsync(
        Guid id,
        AdoptTag wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        UemConnections connections,
        TaggingQueries queries,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        var level = TagFleet
            .Levels(integration)
            .Cast<Core.Risk.RiskLevel?>()
            .FirstOrDefault(level => integration.TagPrefix + level == wish.TagName);
        var connection = await connections.OpenAsync(id, cancellation);
        var listed = await new UemTags(connection.Client, integration.OrganizationGroupId).ListAsync(cancellation);
        if (level is null || listed.FirstOrDefault(tag => tag.Name == wish.TagName) is not { } tag)
        {
            return TypedResults.Problem(
                $"\"{wish.TagName}\" is not a tag of a level under the prefix \"{integration.TagPrefix}\" that the UEM lists in the integration's organization group.",
                statusCode: StatusCodes.Status409Conflict,
                title: "This tag cannot be adopted"
            );
        }

        var known = await db.OwnedTags.AnyAsync(
            row => row.IntegrationId == id && row.Name == wish.TagName,
            cancellation
        );
        if (!known)
        {
            db.OwnedTags.Add(
                new OwnedTagRow
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    IntegrationId = id,
                    Level = level,
                    Name = wish.TagName,
                    RemoteId = (int)tag.Id,
                    Adopted = true,
                    Since = time.GetUtcNow(),
                }
            );
            audit.Add(db, AuditLog.ActorOf(user), "tagging.adopted", id.ToString(), after: wish.TagName);
            await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.Ok((await queries.StateAsync(id, cancellation))!);
    }

    private static async Task<Results<Ok<TagRunView>, NotFound>> ApproveAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        IGrainFactory grains,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var run = await db.TagRuns.SingleOrDefaultAsync(
            row => row.Id == id && row.State == RunState.Held,
            cancellation
        );
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        (run.State, run.AcceptedChanges, run.ApprovedBy) = (RunState.Queued, run.HeldChanged, AuditLog.ActorOf(user));
        audit.Add(db, AuditLog.ActorOf(user), "tagging.approved", id.ToString(), after: new { run.HeldChanged });
        await db.SaveChangesAsync(cancellation);
        await grains.GetGrain<ITaggingGrain>(run.IntegrationId).PokeAsync();
        return TypedResults.Ok(TaggingQueries.View(run));
    }

    private static async Task<Results<Ok<TagRunView>, NotFound>> DiscardAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.TagRuns.SingleOrDefaultAsync(
            row => row.Id == id && row.State == RunState.Held,
            cancellation
        );
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        (run.State, run.EndedAt) = (RunState.Cancelled, time.GetUtcNow());
        audit.Add(db, AuditLog.ActorOf(user), "tagging.discarded", id.ToString());
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(TaggingQueries.View(run));
    }
}
