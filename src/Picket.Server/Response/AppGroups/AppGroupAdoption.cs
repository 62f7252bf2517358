using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>
/// An administrator tells Picket to own an app group that it did not make. The apps in it stay others': Picket adds its own
/// and takes only these out.
/// </summary>
internal static class AppGroupAdoption
{
    public static async Task<Results<Ok<AppGroupsView>, NotFound, ProblemHttpResult>> AdoptAsync(
        Guid id,
        AdoptAppGroup wish,
        HttpContext context,
        PicketDbContext db,
        UemConnections connections,
        AppGroupQueries queries,
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

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (await AppGroupEndpoints.OpenRunAsync(db, id, cancellation) is { State: RunState.Running } open)
        {
            return AppGroupProblems.RunIsOpen(open);
        }

        (DenyPlatform Platform, UemAppGroup Group)? found;
        try
        {
            var connection = await connections.OpenAsync(id, cancellation);
            var uem = new UemAppGroups(connection.Client.Interactive, integration.OrganizationGroupId);
            found = await FindAsync(uem, wish.UemId, cancellation);
        }
        catch (Exception failure) when (AppGroupProblems.IsUemFailure(failure))
        {
            return AppGroupProblems.UemFailed(failure);
        }

        if (found is not var (platform, group))
        {
            return AppGroupProblems.NotAdoptable(
                wish.UemId,
                "has not the name of one of Picket's groups, or the UEM does not list it in the integration's organization group."
            );
        }

        if (!group.Denies || !group.IsFor(UemAppGroups.WireName(platform)))
        {
            return AppGroupProblems.NotAdoptable(
                wish.UemId,
                $"is no list of denied apps for {UemAppGroups.WireName(platform)} ({group.AppGroupType}, {group.Platform})."
            );
        }

        var rows = await OwnedAppGroups.EnsureAsync(db, integration, time.GetUtcNow(), cancellation);
        var own = rows.Here(integration, platform)!;
        if (own.RemoteId is { } had && had != group.Id)
        {
            return AppGroupProblems.NotAdoptable(wish.UemId, $"is not needed: Picket has number {had} for it.");
        }

        if (own.RemoteId is null)
        {
            (own.RemoteId, own.Adopted, own.Trouble) = (group.Id, true, null);
            audit.Add(
                db,
                AuditLog.ActorOf(context.User),
                "app-groups.adopted",
                $"{id}",
                after: new { group.Id, group.Name }
            );
            if (await AppGroupEndpoints.TrySaveAsync(db, cancellation) is { } lost)
            {
                return lost;
            }
        }

        return TypedResults.Ok((await queries.StateAsync(id, cancellation))!);
    }

    private static async Task<(DenyPlatform Platform, UemAppGroup Group)?> FindAsync(
        UemAppGroups uem,
        int number,
        CancellationToken cancellation
    )
    {
        foreach (var platform in Enum.GetValues<DenyPlatform>())
        {
            var namesakes = await uem.NamesakesAsync(platform, cancellation);
            if (namesakes.FirstOrDefault(group => group.Id == number) is { } group)
            {
                return (platform, group);
            }
        }

        return null;
    }
}
