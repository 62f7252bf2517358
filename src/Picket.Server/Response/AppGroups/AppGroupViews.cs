using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Server.Response;

internal static class AppGroupViews
{
    public static AppGroupRunView Of(AppGroupRunRow run) =>
        new()
        {
            Id = run.Id,
            IntegrationId = run.IntegrationId,
            Kind = run.Kind,
            State = run.State,
            Adds = run.Adds,
            Removes = run.Removes,
            Confirmed = run.Confirmed,
            Failed = run.Failed,
            HeldChanges = run.HeldChanges,
            UemCalls = run.UemCalls,
            IncompleteReasons = run.IncompleteReasons,
            QueuedAt = run.QueuedAt,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
        };

    public static AppGroupView Of(AppGroupDifference now)
    {
        var there = now.Present.Select(row => row.AppId).ToHashSet(AppGroupPlanner.Ids);
        var wanted = now.Apps.Where(app => app.LeftOut is null).ToList();
        var known = wanted.Select(app => app.AppId).ToHashSet(AppGroupPlanner.Ids);
        return new AppGroupView
        {
            Platform = Of(now.Platform),
            Name = now.Group?.Name ?? UemAppGroups.NameOf(now.Platform),
            UemId = now.Group?.RemoteId,
            State =
                now.Group?.Trouble is not null ? AppGroupState.Blocked
                : now.Group?.RemoteId is null ? AppGroupState.Missing
                : now.Group.Adopted ? AppGroupState.Adopted
                : AppGroupState.Created,
            Trouble = now.Group?.Trouble,
            ReadAt = now.Group?.ReadAt,
            Apps =
            [
                .. wanted.Select(app => Of(app, there.Contains(app.AppId))),
                .. now
                    .Present.Where(row => row.Ours && !known.Contains(row.AppId))
                    .Select(row => new DeniedAppView
                    {
                        Platform = Of(now.Platform),
                        AppId = row.AppId,
                        Reasons = [],
                        InGroup = true,
                        LeftOut = now
                            .Apps.FirstOrDefault(app => AppGroupPlanner.Ids.Equals(app.AppId, row.AppId))
                            ?.LeftOut,
                    }),
            ],
            Others = [.. now.Present.Where(row => !row.Ours).Select(row => row.AppId)],
        };
    }

    public static DeniedAppView Of(DeniedApp app, bool inGroup) =>
        new()
        {
            Platform = Of(app.Platform),
            AppId = app.AppId,
            Level = (Level)(int)app.Worst,
            Reasons =
            [
                .. app.Reasons.Select(reason => new DenialReasonView(reason.Kind, reason.Source, reason.IndicatorId)),
            ],
            Devices = app.Devices.Count,
            Wanted = app.LeftOut is null,
            InGroup = inGroup,
            LeftOut = app.LeftOut,
        };

    public static AppGroupPlatform Of(DenyPlatform platform) => (AppGroupPlatform)(int)platform;
}
