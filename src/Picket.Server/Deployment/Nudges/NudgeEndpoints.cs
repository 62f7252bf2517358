using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

internal static class NudgeEndpoints
{
    public static void MapNudges(this WebApplication app)
    {
        app.MapGet(Routes.PublicationNudges, ListAsync);
        app.MapPost(Routes.PublicationNudges, MakeAsync).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.Nudge, GetAsync);
        app.MapGet(Routes.NudgeDevices, DevicesAsync);
        app.MapPost(Routes.NudgeStop, StopAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<Page<NudgeView>>, NotFound>> ListAsync(
        Guid id,
        [AsParameters] NudgeFilter filter,
        NudgeQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.ListAsync(id, filter, cancellation) is { } nudges
            ? TypedResults.Ok(nudges)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<NudgeView>, NotFound>> GetAsync(
        Guid id,
        NudgeQueries queries,
        CancellationToken cancellation
    ) => await queries.GetAsync(id, cancellation) is { } nudge ? TypedResults.Ok(nudge) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<NudgeDeviceView>>, NotFound>> DevicesAsync(
        Guid id,
        [AsParameters] NudgeDeviceFilter filter,
        NudgeQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.DevicesAsync(id, filter, cancellation) is { } devices
            ? TypedResults.Ok(devices)
            : TypedResults.NotFound();

    private static async Task<Results<Accepted<NudgeView>, NotFound, ProblemHttpResult>> MakeAsync(
        Guid id,
        CreateNudge wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        NudgeMaker maker,
        CancellationToken cancellation
    )
    {
        var publication = await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (publication is null)
        {
            return TypedResults.NotFound();
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == publication.IntegrationId, cancellation);
        if (DeploymentGate.Refusal(integration) is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        if (publication.State is PublicationState.Undoing or PublicationState.Undone)
        {
            return DeploymentProblems.WrongState(publication, "on its way to the devices");
        }

        if (publication.ReadAt is null)
        {
            return DeploymentProblems.WrongState(publication, "started, and its devices read");
        }

        var mistakes = NudgeRules.Check(
            (FunnelGap)wish.Gap,
            wish.Channel == NudgeChannel.Mail,
            wish.Subject,
            wish.Text
        );
        if (mistakes.Count > 0)
        {
            return NudgeProblems.Refused(mistakes);
        }

        var most = user.May(Right.Approve, publication.IntegrationId)
            ? NudgeRules.MostDevices
            : NudgeRules.MostWithoutApproval;
        var (made, devices) = await maker.MakeAsync(publication, wish, most, AuditLog.ActorOf(user), cancellation);
        return made is not null ? TypedResults.Accepted(Routes.Fill(Routes.Nudge, made.Id), made)
            : devices == 0 ? NudgeProblems.Nobody(publication, wish.Gap)
            : devices > NudgeRules.MostDevices ? NudgeProblems.TooMany()
            : NudgeProblems.NeedsApproval(devices);
    }

    private static async Task<Results<Accepted<NudgeView>, NotFound, ProblemHttpResult>> StopAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        NudgeMaker maker,
        CancellationToken cancellation
    )
    {
        var nudge = await db.Nudges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return nudge is null ? TypedResults.NotFound()
            : await maker.StopAsync(nudge, AuditLog.ActorOf(user), cancellation) is { } view
                ? TypedResults.Accepted(Routes.Fill(Routes.Nudge, id), view)
            : NudgeProblems.Ended();
    }
}
