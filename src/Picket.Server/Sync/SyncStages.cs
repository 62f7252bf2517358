using Picket.Api;
using Picket.Server.Sync.Stages;

namespace Picket.Server.Sync;

/// <summary>A part of a run. Its name is stored in the run and is the key of its counts.</summary>
internal sealed record SyncStage(string Name, Func<IServiceProvider, SyncRun, CancellationToken, Task> WorkAsync);

/// <summary>The stages in their order: what is small and explains the rest comes first.</summary>
internal static class SyncStages
{
    private static readonly SyncStage[] Full =
    [
        new("organizationGroups", OrganizationGroupStage.WorkAsync),
        new("administrators", PeopleStages.AdministratorsAsync),
        new("users", PeopleStages.UsersAsync),
        new("userGroups", PeopleStages.UserGroupsAsync),
        new("smartGroups", GroupStages.SmartGroupsAsync),
        new("devices", DeviceStage.FullAsync),
        new("tags", GroupStages.TagsAsync),
        new("smartGroupMembers", MemberStages.SmartGroupsAsync),
        new("tagMembers", MemberStages.TagsAsync),
        new("details", DetailStage.WorkAsync),
    ];

    private static readonly SyncStage[] Incremental =
    [
        new("devices", DeviceStage.SeenSinceAsync),
        new("smartGroupMembers", MemberStages.SmartGroupsAsync),
        new("tagMembers", MemberStages.TagsAsync),
        new("details", DetailStage.WorkAsync),
    ];

    private static readonly SyncStage[] Device =
    [
        new("devices", DeviceStage.OneAsync),
        new("details", DetailStage.OneAsync),
    ];

    public static IReadOnlyList<SyncStage> Of(RunKind kind) =>
        kind switch
        {
            RunKind.Full => Full,
            RunKind.Incremental => Incremental,
            _ => Device,
        };
}
