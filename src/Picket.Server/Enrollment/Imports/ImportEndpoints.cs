using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;
using ImportKind = Picket.Api.ImportKind;
using ImportStep = Picket.Api.ImportStep;

namespace Picket.Server.Enrollment;

internal static class ImportEndpoints
{
    public static void MapImports(this WebApplication app)
    {
        app.MapGet(Routes.ImportTemplate, Template);
        app.MapPost(Routes.IntegrationImports, ImportUpload.TakeAsync)
            .RequireAuthorization(Policies.Operate)
            .Accepts<byte[]>("text/csv", "*/*")
            .WithMetadata(new DisableRequestSizeLimitAttribute()); // ImportFile has its own, with its own answer.
        app.MapGet(Routes.Imports, ListAsync);
        app.MapGet(Routes.Import, GetAsync);
        app.MapGet(Routes.ImportLines, LinesAsync);
        app.MapGet(Routes.ImportResult, ImportResult.GetAsync);
        app.MapPost(Routes.ImportStart, StartAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.ImportRetry, RetryAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.ImportCancel, CancelAsync).RequireAuthorization(Policies.Operate);
        app.MapDelete(Routes.Import, RemoveAsync).RequireAuthorization(Policies.Operate);
    }

    private static FileContentHttpResult Template(ImportKind kind) =>
        TypedResults.File(
            Encoding.UTF8.GetBytes("\uFEFF" + ImportColumns.Template(ImportUpload.CoreOf(kind))),
            "text/csv; charset=utf-8",
            $"picket-{kind.ToString().ToLowerInvariant()}.csv"
        );

    private static async Task<Ok<Page<ImportView>>> ListAsync(
        [AsParameters] ImportFilter filter,
        ImportQueries queries,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.ListAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<ImportView>, NotFound>> GetAsync(
        Guid id,
        ImportQueries queries,
        CancellationToken cancellation
    ) => await queries.GetAsync(id, cancellation) is { } import ? TypedResults.Ok(import) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<ImportLineView>>, NotFound>> LinesAsync(
        Guid id,
        [AsParameters] ImportLineFilter filter,
        ImportQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.LinesAsync(id, filter, cancellation) is { } lines
            ? TypedResults.Ok(lines)
            : TypedResults.NotFound();

    private static async Task<Results<Accepted<ImportView>, NotFound, ProblemHttpResult>> StartAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        ImportStarts starts,
        CancellationToken cancellation
    )
    {
        var import = await FindAsync(db, id, cancellation);
        if (import is null)
        {
            return TypedResults.NotFound();
        }

        if (import.State != ImportState.Checked)
        {
            return EnrollmentProblems.WrongState(import, nameof(ImportState.Checked));
        }

        var left = await ImportCounts.OfAsync(db, id, cancellation);
        if (left.Waiting == 0)
        {
            return EnrollmentProblems.NothingLeft(import);
        }

        return await RefusalAsync(db, import, user, left.Waiting, cancellation) is { } refusal
            ? refusal
            : Accepted(
                await starts.StartAsync(import, AuditLog.ActorOf(user), left.Waiting, again: false, cancellation),
                import
            );
    }

    private static async Task<Results<Accepted<ImportView>, NotFound, ProblemHttpResult>> RetryAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        ImportStarts starts,
        CancellationToken cancellation
    )
    {
        var import = await FindAsync(db, id, cancellation);
        if (import is null)
        {
            return TypedResults.NotFound();
        }

        if (import.EndedAt is null)
        {
            return EnrollmentProblems.WrongState(import, "ended");
        }

        if (import.ForgottenAt is not null)
        {
            return EnrollmentProblems.Forgotten(import);
        }

        var counts = await ImportCounts.OfAsync(db, id, cancellation);
        var left = counts.Failed + counts.Unclear + counts.Waiting;
        if (left == 0 && import.State != ImportState.Failed)
        {
            return EnrollmentProblems.NothingLeft(import);
        }

        // A check that failed is made again, and waits to be started as it did.
        if (import is { State: ImportState.Failed, StartedAt: null, StartsAfterCheck: false })
        {
            return Accepted(await starts.CheckAgainAsync(import, AuditLog.ActorOf(user), cancellation), import);
        }

        return await RefusalAsync(db, import, user, left, cancellation) is { } refusal
            ? refusal
            : Accepted(
                await starts.StartAsync(import, AuditLog.ActorOf(user), left, again: true, cancellation),
                import
            );
    }

    private static async Task<ProblemHttpResult?> RefusalAsync(
        PicketDbContext db,
        ImportRow import,
        ClaimsPrincipal user,
        int lines,
        CancellationToken cancellation
    )
    {
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == import.IntegrationId, cancellation);
        return EnrollmentGate.Refusal(integration) is { } refusal ? EnrollmentProblems.NotAllowedNow(refusal)
            : ImportBrake.NeedsApproval(lines) && !user.May(Right.Approve, import.IntegrationId)
                ? EnrollmentProblems.NeedsApproval(lines)
            : null;
    }

    private static async Task<Results<Accepted<ImportView>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        ImportStarts starts,
        CancellationToken cancellation
    )
    {
        var import = await FindAsync(db, id, cancellation);
        if (import is null)
        {
            return TypedResults.NotFound();
        }

        return import.EndedAt is null && import.State != ImportState.Receiving
            ? Accepted(await starts.CancelAsync(import, AuditLog.ActorOf(user), cancellation), import)
            : EnrollmentProblems.WrongState(import, "under way");
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> RemoveAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var import = await FindAsync(db, id, cancellation);
        if (import is null)
        {
            return TypedResults.NotFound();
        }

        if (import.EndedAt is null && import.State != ImportState.Checked)
        {
            return EnrollmentProblems.WrongState(import, "ended");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ImportRemoval.RemoveAsync(db, id, cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "import.removed", $"{id}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static Task<ImportRow?> FindAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);

    private static Results<Accepted<ImportView>, NotFound, ProblemHttpResult> Accepted(
        ImportView? started,
        ImportRow import
    ) =>
        started is { } view
            ? TypedResults.Accepted(Routes.Fill(Routes.Import, view.Id), view)
            : EnrollmentProblems.WrongState(import, "as it was: somebody was faster");
}
