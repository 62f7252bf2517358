using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>An administrator agrees to a preview: writing on, the run queued and the audit entry are one commit.</summary>
internal static class TaggingAcceptance
{
    private static readonly TimeSpan PreviewLife = TimeSpan.FromHours(24);

    public static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> AcceptAsync(
        Guid id,
        Guid previewId,
        HttpContext context,
        PicketDbContext db,
        TagRunQueue queue,
        IGrainFactory grains,
        ChangeGate gate,
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

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (await RefusalAsync(db, preview, integration, time.GetUtcNow(), cancellation) is { } refusal)
        {
            return refusal;
        }

        var actor = AuditLog.ActorOf(context.User);
        var run = queue.New(id, acceptedChanges: Accepted(preview, integration), approvedBy: actor);
        run.PolicyVersion = preview.PolicyVersion;
        db.TagRuns.Add(run);
        (preview.Accepted, preview.AcceptedBy) = (true, actor);
        (integration.WritingEnabled, integration.Version) = (true, integration.Version + 1);
        audit.Add(db, actor, "tagging.accepted", id.ToString(), after: new { previewId, preview.ChangedDevices });
        if (await TaggingEndpoints.TrySaveAsync(db, cancellation) is { } lost)
        {
            return lost;
        }

        await grains.GetGrain<ITaggingGrain>(id).PokeAsync();
        return TaggingEndpoints.Accepted(run);
    }

    /// <summary>Verdicts move a little all the time: as much as the brake lets through by itself goes along.</summary>
    private static int Accepted(TagPreviewRow preview, IntegrationRow integration) =>
        preview.ChangedDevices + (int)(preview.Fleet * BrakeFacts.Of(integration).Share);

    private static async Task<ProblemHttpResult?> RefusalAsync(
        PicketDbContext db,
        TagPreviewRow preview,
        IntegrationRow integration,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        // Writing goes on with the acceptance itself; all else that stops it stops this, too.
        if (TaggingGate.Refusal(integration, TagRunKind.CleanUp) is { } notNow)
        {
            return TaggingProblems.NotAllowedNow(notNow);
        }

        if (await TaggingEndpoints.OpenRunAsync(db, integration.Id, cancellation) is { } open)
        {
            return TaggingProblems.RunIsOpen(open);
        }

        var refusal =
            Outdated(preview, now)
            ?? Foreign(preview)
            ?? TaggingConsent.Changed(preview, integration)
            ?? await OtherPolicyAsync(db, preview, cancellation)
            ?? await NewerAsync(db, preview, cancellation)
            ?? await MovedOnAsync(db, preview, integration, now, cancellation);
        return refusal is null ? null : TaggingProblems.NotAcceptable(refusal);
    }

    private static string? Outdated(TagPreviewRow preview, DateTimeOffset now) =>
        now - preview.MadeAt > PreviewLife ? "The preview is older than a day; make a new one." : null;

    private static string? Foreign(TagPreviewRow preview)
    {
        var shown = JsonSerializer.Deserialize(preview.Summary, PicketApiJson.Default.TagPreview)!;
        return shown.ForeignTags.Count == 0
            ? null
            : $"The UEM had {string.Join(", ", shown.ForeignTags)} before Picket. Choose another prefix, or another name in the policy, or tell Picket to own these tags.";
    }

    private static async Task<string?> OtherPolicyAsync(
        PicketDbContext db,
        TagPreviewRow preview,
        CancellationToken cancellation
    ) =>
        await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) is { } number
        && number != preview.PolicyVersion
            ? "Since the preview was shown, another policy was applied. Make a new preview."
            : null;

    private static async Task<string?> NewerAsync(
        PicketDbContext db,
        TagPreviewRow preview,
        CancellationToken cancellation
    ) =>
        await db.TagPreviews.AnyAsync(
            row => row.IntegrationId == preview.IntegrationId && row.Id > preview.Id,
            cancellation
        )
            ? "There is a newer preview; accept that one."
            : null;

    private static async Task<string?> MovedOnAsync(
        PicketDbContext db,
        TagPreviewRow preview,
        IntegrationRow integration,
        DateTimeOffset time,
        CancellationToken cancellation
    )
    {
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id)
            .ToListAsync(cancellation);
        var now = (await new TagDifferences(db, integration, owned).LoadAsync(time, cancellation)).Touched.Count();
        return now <= Accepted(preview, integration)
            ? null
            : $"The fleet has moved on: {now} devices would change now, {preview.ChangedDevices} were shown. Make a new preview.";
    }
}
