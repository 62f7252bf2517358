using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

public static class AuditSlice
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<AuditSigner>();
    }

    public static void MapAudit(this WebApplication app)
    {
        app.MapGet(Routes.Audit, ListAsync).RequireAuthorization(Policies.ReadAudit);
        app.MapGet(Routes.AuditHead, HeadAsync).RequireAuthorization(Policies.ReadAudit);
        app.MapGet(Routes.AuditExport, ExportAsync).RequireAuthorization(Policies.ReadAudit);
    }

    private static async Task<Ok<Page<AuditEntry>>> ListAsync(
        [AsParameters] AuditFilter filter,
        AuditQueries audit,
        CancellationToken cancellation
    ) => TypedResults.Ok(await audit.ListAsync(filter, cancellation));

    private static async Task<Results<Ok<AuditHeadView>, ProblemHttpResult>> HeadAsync(
        AuditQueries audit,
        AuditSigner signer,
        CancellationToken cancellation
    )
    {
        try
        {
            return TypedResults.Ok(await signer.SignAsync(await audit.EndAsync(cancellation), cancellation));
        }
        catch (AuditSetBackException setBack)
        {
            return SetBack(setBack);
        }
    }

    /// <summary>Who takes a copy of the audit is in it, as its last entry but what came meanwhile.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        ClaimsPrincipal user,
        AuditQueries audit,
        AuditSigner signer,
        AuditLog log,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        try
        {
            await audit.EndAsync(cancellation);
            log.Add(db, AuditLog.ActorOf(user), "audit.exported");
            await db.SaveChangesAsync(cancellation);
            var head = await signer.SignAsync(await audit.EndAsync(cancellation), cancellation);
            return TypedResults.Stream(body => WriteAsync(body, audit, head, cancellation), "application/x-ndjson");
        }
        catch (AuditSetBackException setBack)
        {
            return SetBack(setBack);
        }
    }

    /// <summary>One JSON object a line: the entries in the order of the chain, then the signed head.</summary>
    private static async Task WriteAsync(
        Stream body,
        AuditQueries audit,
        AuditHeadView head,
        CancellationToken cancellation
    )
    {
        await foreach (var entry in audit.AllAsync(head.Sequence, cancellation))
        {
            await WriteAsync(body, new AuditExportLine(entry, null), cancellation);
        }

        await WriteAsync(body, new AuditExportLine(null, head), cancellation);
    }

    private static async Task WriteAsync(Stream body, AuditExportLine line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(body, line, PicketApiJson.Default.AuditExportLine, cancellation);
        await body.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    private static ProblemHttpResult SetBack(AuditSetBackException setBack) =>
        TypedResults.Problem(
            setBack.Message,
            statusCode: StatusCodes.Status409Conflict,
            title: "The audit is not whole",
            extensions: new Dictionary<string, object?>
            {
                ["next"] = "Compare the database with its last backup: look who could write to it since.",
            }
        );
}
