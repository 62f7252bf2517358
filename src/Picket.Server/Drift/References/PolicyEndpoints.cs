using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>Which compliance policies of a UEM act on tags: nothing in its API tells, so people say.</summary>
internal static class PolicyEndpoints
{
    public static void MapWatchedPolicies(this WebApplication app)
    {
        app.MapPost(Routes.CompliancePolicies, ListAsync).RequireAuthorization(Policies.Operate);
        app.MapPut(Routes.CompliancePolicies, WatchAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Results<Ok<IReadOnlyList<CompliancePolicyView>>, NotFound, ProblemHttpResult>> ListAsync(
        Guid id,
        PicketDbContext db,
        UemConnections connections,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (integration.WhyNotAsked is { } why)
        {
            return Problems.Make(409, "The UEM is not asked now", why, "See `picket integrations show`.");
        }

        try
        {
            var watched = await db
                .WatchedPolicies.Where(row => row.IntegrationId == id)
                .Select(row => row.PolicyId)
                .ToListAsync(cancellation);
            return TypedResults.Ok(
                (IReadOnlyList<CompliancePolicyView>)
                    [
                        .. (await AskAsync(connections, integration, cancellation))
                            .OrderBy(policy => policy.Name, StringComparer.OrdinalIgnoreCase)
                            .Select(policy => View(policy, watched.Contains(policy.Id))),
                    ]
            );
        }
        catch (Exception failure) when (failure is WorkspaceOneException or ReferencesUnreadException)
        {
            return TaggingProblems.UemFailed(failure);
        }
    }

    private static async Task<
        Results<Ok<TagReferencesView>, NotFound, ValidationProblem, ProblemHttpResult>
    > WatchAsync(
        Guid id,
        WatchPolicies wish,
        HttpContext context,
        PicketDbContext db,
        UemConnections connections,
        ChangeGate gate,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        var mistakes = new FieldMistakes();
        mistakes.Unless(
            wish.Ids is { Count: <= WatchedPolicies.Most },
            "ids",
            $"At most {WatchedPolicies.Most} compliance policies are watched."
        );
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        var rows = await db.WatchedPolicies.Where(row => row.IntegrationId == id).ToListAsync(cancellation);
        var fresh = wish.Ids!.Distinct().Where(chosen => !rows.Exists(row => row.PolicyId == chosen)).ToList();
        try
        {
            var listed = fresh.Count == 0 ? [] : await AskAsync(connections, integration, cancellation);
            mistakes.Unless(
                fresh.All(chosen => listed.Any(policy => policy.Id == chosen)),
                "ids",
                "The UEM lists no such compliance policy in the integration's organization group."
            );
            if (mistakes.Any)
            {
                return TypedResults.ValidationProblem(mistakes.ByField);
            }

            db.WatchedPolicies.RemoveRange(rows.Where(row => !wish.Ids!.Contains(row.PolicyId)));
            db.WatchedPolicies.AddRange(
                from policy in listed
                where fresh.Contains(policy.Id)
                select new WatchedPolicyRow
                {
                    IntegrationId = id,
                    PolicyId = policy.Id,
                    Name = policy.Name ?? "",
                    Platform = policy.Platform,
                    IsActive = policy.IsActive,
                    Assigned = policy.AssignedDevices,
                    SeenAt = time.GetUtcNow(),
                }
            );
        }
        catch (Exception failure) when (failure is WorkspaceOneException or ReferencesUnreadException)
        {
            return TaggingProblems.UemFailed(failure);
        }

        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "references.policies",
            $"{id}",
            new { Ids = rows.Select(row => row.PolicyId) },
            new { wish.Ids }
        );
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(await ReferenceEndpoints.ViewAsync(db, id, cancellation));
    }

    private static async Task<IReadOnlyList<UemCompliancePolicy>> AskAsync(
        UemConnections connections,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        try
        {
            return await PolicyNotes.ListAsync(connection.Client.Interactive, integration, cancellation);
        }
        finally
        {
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    private static CompliancePolicyView View(UemCompliancePolicy policy, bool watched) =>
        new(policy.Id, policy.Name ?? "", policy.Platform, policy.IsActive, policy.AssignedDevices, watched);
}
