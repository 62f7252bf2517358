using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>One platform's list, as findings want it and as its group was read last.</summary>
/// <param name="Group">Null where Picket has none, and has looked for none yet.</param>
internal sealed record AppGroupDifference(
    DenyPlatform Platform,
    OwnedAppGroupRow? Group,
    IReadOnlyList<DeniedApp> Apps,
    IReadOnlyList<AppGroupAppRow> Present,
    AppGroupPlan Plan
);

/// <summary>What the database says that a run would do: the wish against the last reading, without asking the UEM.</summary>
internal static class AppGroupDifferences
{
    public static async Task<IReadOnlyList<AppGroupDifference>> OfAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var denied = await DeniedAppReading.OfAsync(db, integration.Id, cancellation);
        var groups = await OwnedAppGroups.Of(db, integration).AsNoTracking().ToListAsync(cancellation);
        var ids = groups.ConvertAll(group => group.Id);
        var present = await db
            .AppGroupApps.AsNoTracking()
            .Where(row => ids.Contains(row.GroupId))
            .OrderBy(row => row.AppId)
            .ToListAsync(cancellation);
        return
        [
            .. Enum.GetValues<DenyPlatform>()
                .Select(platform => Of(platform, groups.Here(integration, platform), denied, present)),
        ];
    }

    private static AppGroupDifference Of(
        DenyPlatform platform,
        OwnedAppGroupRow? group,
        IReadOnlyList<DeniedApp> denied,
        List<AppGroupAppRow> present
    )
    {
        var there = group?.RemoteId is null ? null : present.FindAll(row => row.GroupId == group.Id);
        return new AppGroupDifference(
            platform,
            group,
            [.. denied.Where(app => app.Platform == platform)],
            there ?? [],
            AppGroupPlanner.Plan(
                denied.Wanted(platform),
                there?.ConvertAll(row => row.AppId),
                there?.Where(row => row.Ours).Select(row => row.AppId) ?? []
            )
        );
    }
}
