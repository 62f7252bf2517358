using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>An administrator agrees to a preview: the lists on, the run queued and the audit entry are one commit.</summary>
internal static class AppGroupAcceptance
{
    private static readonly TimeSpan PreviewLife = TimeSpan.FromHours(24);

    public static async Task<Results<Accepted<AppGroupRunView>, NotFound, ProblemHttpResult>> AcceptAsync(
        Guid id,
        Guid previewId,
        HttpContext context,
        PicketDbContext db,
        AppGroupQueue queue,
        IGrainFactory grains,
        ChangeGate gate,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var preview = await db.AppGroupPreviews.SingleOrDefaultAsync(
            row => row.Id == previewId && row.IntegrationId == id,
            cancellation
        );
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (preview is null || integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        var lists = await AppGroupEndpoints.SwitchAsync(db, id, cancellation);
        // Changes of the fleet since then go along as far as the brake lets them by themselves.
        var accepted = preview.Changes + lists.MostChanges;
        if (await RefusalAsync(db, preview, integration, accepted, time.GetUtcNow(), cancellation) is { } refusal)
        {
            return refusal;
        }

        var actor = AuditLog.ActorOf(context.User);
        var run = queue.New(id, acceptedChanges: accepted, approvedBy: actor);
        run.PolicyVersion = preview.PolicyVersion;
        db.AppGroupRuns.Add(run);
        preview.AcceptedBy = actor;
        (lists.Enabled, lists.AcceptedFor, lists.Version) = (true, preview.MadeFor, lists.Version + 1);
        audit.Add(db, actor, "app-groups.accepted", $"{id}", after: new { previewId, preview.Changes });
        if (await AppGroupEndpoints.TrySaveAsync(db, cancellation) is { } lost)
        {
            return lost;
        }

        await grains.GetGrain<IAppGroupGrain>(id).PokeAsync();
        return AppGroupEndpoints.Accepted(run);
    }

    private static async Task<ProblemHttpResult?> RefusalAsync(
        PicketDbContext db,
        AppGroupPreviewRow preview,
        IntegrationRow integration,
        int accepted,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (integration.WhyNotAsked is { } notNow)
        {
            return AppGroupProblems.NotAllowedNow(notNow);
        }

        if (await AppGroupEndpoints.OpenRunAsync(db, integration.Id, cancellation) is { } open)
        {
            return AppGroupProblems.RunIsOpen(open);
        }

        var isOld = await db.AppGroupPreviews.AnyAsync(
            row => row.IntegrationId == preview.IntegrationId && row.Id > preview.Id,
            cancellation
        );
        var refusal =
            now - preview.MadeAt > PreviewLife ? "The preview is older than a day; make a new one."
            : isOld ? "There is a newer preview; accept that one."
            : preview.MadeFor != AppGroupGate.For(integration)
                ? "Since the preview was shown, the address, the organization group or the scope changed. Make a new preview."
            : preview.Trouble.Count > 0 ? string.Join(" ", preview.Trouble)
            : preview.PolicyVersion != await AppGroupWork.VersionAsync(db, cancellation)
                ? "Since the preview was shown, another policy was applied. Make a new preview."
            : await MovedOnAsync(db, preview, integration, accepted, cancellation);
        return refusal is null ? null : AppGroupProblems.NotAcceptable(refusal);
    }

    private static async Task<string?> MovedOnAsync(
        PicketDbContext db,
        AppGroupPreviewRow preview,
        IntegrationRow integration,
        int accepted,
        CancellationToken cancellation
    )
    {
        var now = (await AppGroupDifferences.OfAsync(db, integration, cancellation)).Sum(each => each.Plan.Changes);
        return now <= accepted
            ? null
            : $"The fleet has moved on: {now} apps would change now, {preview.Changes} were shown. Make a new preview.";
    }
}
