using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// The stop of all writes. To stop is safe, so whoever may operate anything may; to release, only who may change the
/// settings of all integrations.
/// </summary>
internal static class WriteStopEndpoints
{
    public static void MapWriteStops(this WebApplication app)
    {
        app.MapGet(Routes.Brakes, GetAsync);
        app.MapGet(Routes.WriteStops, ListAsync);
        app.MapGet(Routes.HeldRuns, HeldAsync);
        app.MapPost(Routes.WriteStop, StopAsync).RequireAuthorization(Policies.OperateSomewhere);
        app.MapDelete(Routes.WriteStop, ReleaseAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Ok<BrakesView>> GetAsync(
        BrakeQueries brakes,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await brakes.GetAsync(user.Visible(), cancellation));

    private static async Task<Ok<Page<WriteStopView>>> ListAsync(
        PicketDbContext db,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .WriteStops.AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation, newestFirst: true);
        return TypedResults.Ok(
            new Page<WriteStopView>(await BrakeQueries.ViewsAsync(db, page.Items, cancellation), page.Next)
        );
    }

    private static async Task<Ok<Page<HeldRunView>>> HeldAsync(
        PicketDbContext db,
        ClaimsPrincipal user,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await db
            .TagRuns.AsNoTracking()
            .Where(row => row.HeldChanged != null)
            .WhereVisible(user.Visible(), row => row.IntegrationId)
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation, newestFirst: true);
        return TypedResults.Ok(
            new Page<HeldRunView>(await BrakeQueries.HeldAsync(db, page.Items, cancellation), page.Next)
        );
    }

    private static async Task<Results<Ok<WritesStopped>, ValidationProblem, ProblemHttpResult>> StopAsync(
        StopWrites wish,
        WriteBrake brake,
        PicketDbContext db,
        ClaimsPrincipal user
    )
    {
        var reason = wish.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > StopWrites.LongestReason)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    ["reason"] = [$"Say why, in 1 to {StopWrites.LongestReason} characters."],
                }
            );
        }

        // Carried through even if nobody waits for the answer.
        var answer = await brake.StopAsync(AuditLog.ActorOf(user), reason);
        if (answer.NotStored is { } failure)
        {
            return BrakeProblems.NotStored(failure, answer.UnderWay);
        }

        WriteStopRow[] rows = answer.Before is { } before ? [answer.Stop, before] : [answer.Stop];
        var views = await BrakeQueries.ViewsAsync(db, rows, CancellationToken.None);
        return TypedResults.Ok(
            new WritesStopped(views[0], answer.UnderWay)
            {
                Before = views.ElementAtOrDefault(1),
                Unseen = answer.Unseen,
            }
        );
    }

    private static async Task<Results<Ok<WriteStopView>, ProblemHttpResult>> ReleaseAsync(
        long? number,
        WriteBrake brake,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await brake.ReleaseAsync(number, AuditLog.ActorOf(user), cancellation) is { } released
            ? TypedResults.Ok((await BrakeQueries.ViewsAsync(db, [released], cancellation))[0])
            : BrakeProblems.NotStopped();
}
