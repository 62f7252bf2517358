using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Evidence;

/// <summary>What a verdict rests on, as a file that can be kept and judged again.</summary>
public static class EvidenceSlice
{
    private const long LargestFile = 8 * 1024 * 1024;
    private const int MostFeeds = 200;

    public static void AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton<EvidenceSeal>();
        services.AddSingleton<EvidenceMaking>();
        services.AddSingleton<EvidenceChecking>();
    }

    public static void MapEvidence(this WebApplication app)
    {
        app.MapGet(Routes.DeviceEvidence, GetAsync);
        app.MapPost(Routes.EvidenceCheck, CheckAsync).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
    }

    private static async Task<Results<Ok<EvidenceFile>, NotFound>> GetAsync(
        Guid id,
        EvidenceMaking making,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await making.MakeAsync(user.Visible(), id, AuditLog.ActorOf(user), cancellation) is { } file
            ? TypedResults.Ok(file)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<EvidenceCheck>, ValidationProblem>> CheckAsync(
        EvidenceFile file,
        EvidenceChecking checking,
        CancellationToken cancellation
    )
    {
        if (file.Feeds is null || file.Findings is null || file.Feeds.Count > MostFeeds)
        {
            return Wrong("feeds", $"Evidence names its findings and its feeds, {MostFeeds} at most.");
        }

        if (file.Form != EvidenceFile.CurrentForm)
        {
            return Wrong(
                "form",
                $"Evidence of form {file.Form} cannot be read; this version reads {EvidenceFile.CurrentForm}."
            );
        }

        try
        {
            return TypedResults.Ok(await checking.CheckAsync(file, cancellation));
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            return Wrong(
                "facts",
                $"The file cannot be read as evidence: {unreadable.Message} Take it anew from the device."
            );
        }
    }

    private static ValidationProblem Wrong(string field, string mistake) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [mistake] });
}
