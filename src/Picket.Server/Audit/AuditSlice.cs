using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;

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
    ) =>
        await signer.SignAsync(await audit.EndAsync(cancellation), cancellation) is { } head
            ? TypedResults.Ok(head)
            : NotSigned();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        AuditQueries audit,
        AuditSigner signer,
        CancellationToken cancellation
    )
    {
        var end = await audit.EndAsync(cancellation);
        return await signer.SignAsync(end, cancellation) is { } head
            ? TypedResults.Stream(body => WriteAsync(body, audit, head, cancellation), "application/x-ndjson")
            : NotSigned();
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

    private static ProblemHttpResult NotSigned() =>
        TypedResults.Problem(
            "The key that signs the audit cannot be decrypted: the key ring was lost or replaced.",
            statusCode: StatusCodes.Status409Conflict,
            title: "The audit cannot be signed",
            extensions: new Dictionary<string, object?>
            {
                ["next"] = "Restart the server: it makes another key, and the audit tells so.",
            }
        );
}
