using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Previews and the state of app groups, for endpoints and pages.</summary>
public sealed class AppGroupQueries(PicketDatabase database, UemConnections connections, TimeProvider time)
{
    public async Task<AppGroupsView?> StateAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var lists = await AppGroupGate.SwitchAsync(db, integrationId, cancellation);
        var now = await AppGroupDifferences.OfAsync(db, integration, cancellation);
        var runs = db
            .AppGroupRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integrationId)
            .OrderByDescending(row => row.Id);
        var newest = await runs.FirstOrDefaultAsync(cancellation);
        var held = await runs.FirstOrDefaultAsync(row => row.State == RunState.Held, cancellation);
        return new AppGroupsView
        {
            IntegrationId = integrationId,
            Enabled = lists?.Enabled is true,
            WhyNot = AppGroupGate.Refusal(integration, lists),
            MostChanges = lists?.MostChanges ?? AppGroupBrake.Usual,
            MostApps = DenyList.MostApps,
            Groups = [.. now.Select(AppGroupViews.Of)],
            LeftOut =
            [
                .. now.SelectMany(each =>
                    each.Apps.Where(app => app.LeftOut is not null)
                        .Take(DenyList.MostApps)
                        .Select(app => AppGroupViews.Of(app, IsThere(each, app)))
                ),
            ],
            LastRun = newest is null ? null : AppGroupViews.Of(newest),
            Held = held is null ? null : AppGroupViews.Of(held),
        };
    }

    /// <summary>Plans without writing: reads our groups and those in the way, and stores what is shown.</summary>
    public async Task<AppGroupPreview?> PreviewAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        if (integration is null)
        {
            return null;
        }

        var connection = await connections.OpenAsync(integrationId, cancellation);
        var uem = new UemAppGroups(connection.Client.Interactive, integration.OrganizationGroupId);
        await uem.ListAsync(cancellation); // Shows whether the account may read them at all.
        var left = await OwnedAppGroups.LeftBehindAsync(db, integration, cancellation);
        var changes = new List<AppGroupChange>();
        var calls = 0;
        foreach (var known in await AppGroupDifferences.OfAsync(db, integration, cancellation))
        {
            var group =
                known.Group
                ?? left.Here(integration, known.Platform)
                ?? OwnedAppGroups.New(integration, known.Platform, time.GetUtcNow());
            var (change, plan) = await ChangeAsync(db, uem, known, group, cancellation);
            changes.Add(change);
            calls += change.Trouble is null ? plan.Calls : 0;
        }

        return await StoreAsync(db, integration, changes, calls, cancellation);
    }

    private static async Task<(AppGroupChange Change, AppGroupPlan Plan)> ChangeAsync(
        PicketDbContext db,
        UemAppGroups uem,
        AppGroupDifference known,
        OwnedAppGroupRow group,
        CancellationToken cancellation
    )
    {
        var found = group.RemoteId is { } id ? await uem.FindAsync(id, cancellation) : null;
        var ours = await db
            .AppGroupApps.Where(row => row.GroupId == group.Id && row.Ours)
            .Select(row => row.AppId)
            .ToListAsync(cancellation);
        var plan = AppGroupPlanner.Plan(
            known.Apps.Wanted(known.Platform),
            found?.Applications?.Select(app => app.BundleId).OfType<string>().ToList(),
            ours
        );
        var namesake =
            found is null && await uem.NamesakesAsync(known.Platform, cancellation) is [var first, ..] ? first : null;
        var adds = plan.Adds.ToHashSet(AppGroupPlanner.Ids);
        var change = new AppGroupChange
        {
            Platform = AppGroupViews.Of(known.Platform),
            Name = group.Name,
            UemId = found?.Id,
            Adds =
            [
                .. known
                    .Apps.Where(app => app.LeftOut is null && adds.Contains(app.AppId))
                    .Select(app => AppGroupViews.Of(app, inGroup: false)),
            ],
            Removes = plan.Removes,
            Others = plan.Others,
            Trouble = await AppGroupWork.TroubleAsync(uem, group, found, plan, cancellation),
            ForeignUemId = namesake?.Id,
        };
        return (change, plan);
    }

    private async Task<AppGroupPreview> StoreAsync(
        PicketDbContext db,
        IntegrationRow integration,
        List<AppGroupChange> changes,
        int calls,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var changed = changes.Sum(change => change.Adds.Count + change.Removes.Count);
        var lists = await AppGroupGate.SwitchAsync(db, integration.Id, cancellation);
        var preview = new AppGroupPreview
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            Groups = changes,
            Changes = changed,
            Calls = calls,
            Brake = new AppGroupBrake(lists?.MostChanges ?? AppGroupBrake.Usual).Holds(changed, accepted: null),
            CreatedAt = now,
        };
        db.AppGroupPreviews.Add(
            new AppGroupPreviewRow
            {
                Id = preview.Id,
                IntegrationId = integration.Id,
                MadeAt = now,
                MadeFor = AppGroupGate.For(integration),
                Changes = changed,
                PolicyVersion = await AppGroupWork.VersionAsync(db, cancellation),
                Trouble = [.. changes.Select(change => change.Trouble).OfType<string>()],
            }
        );
        await db.SaveChangesAsync(cancellation);
        return preview;
    }

    private static bool IsThere(AppGroupDifference now, DeniedApp app) =>
        now.Present.Any(row => AppGroupPlanner.Ids.Equals(row.AppId, app.AppId));
}
