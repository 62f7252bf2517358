using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Which of the listed devices belong to the integration.</summary>
internal sealed class DeviceScope(HashSet<int> excludedGroups, HashSet<int>? only)
{
    public static async Task<DeviceScope> OfAsync(
        IServiceProvider services,
        SyncRun run,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var excluded = await OrganizationGroupStage.ExcludedAsync(database, run, cancellation);
        if (run.Integration.SmartGroups.Count == 0)
        {
            return new DeviceScope(excluded, null);
        }

        var members = new HashSet<int>();
        foreach (var group in run.Integration.SmartGroups)
        {
            members.UnionWith(
                (await run.Client.SmartGroups.DevicesAsync(group, cancellation)).Select(device => device.Id)
            );
        }

        return new DeviceScope(excluded, members);
    }

    public bool Holds(UemDevice device) =>
        (device.OrganizationGroup.Id is not { } group || !excludedGroups.Contains(group))
        && only?.Contains(device.Id) is not false;
}
