using System.Globalization;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>Which of the listed devices belong to the integration.</summary>
internal sealed class DeviceScope
{
    private readonly SyncRun run;
    private readonly HashSet<int> excludedGroups;

    /// <summary>Members of each smart group that the scope is narrowed to; empty where it is not.</summary>
    private readonly Dictionary<int, HashSet<int>> members;

    private DeviceScope(SyncRun run, HashSet<int> excludedGroups, Dictionary<int, HashSet<int>> members) =>
        (this.run, this.excludedGroups, this.members) = (run, excludedGroups, members);

    public static async Task<DeviceScope> OfAsync(
        IServiceProvider services,
        SyncRun run,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var excluded = await OrganizationGroupStage.ExcludedAsync(database, run, cancellation);
        return new DeviceScope(run, excluded, await MembersAsync(run, cancellation));
    }

    public bool Holds(UemDevice device) =>
        !IsExcluded(device) && (members.Count == 0 || members.Values.Any(group => group.Contains(device.Id)));

    /// <summary>
    /// Reads the smart groups again. A smart group comes in one piece with nothing that tells whether it is whole, so a
    /// device has left the scope only when two readings say so.
    /// </summary>
    /// <returns>Why the two readings prove nothing; null when they are alike.</returns>
    public async Task<string?> DoubtAsync(CancellationToken cancellation)
    {
        var again = await MembersAsync(run, cancellation);
        var unsettled = members.Where(group => !group.Value.SetEquals(again[group.Key])).Select(group => group.Key);
        var names = string.Join(", ", unsettled.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return names.Length == 0
            ? null
            : $"the members of smart group {names} changed while they were read, so nothing was taken as gone.";
    }

    public bool IsExcluded(UemDevice device) =>
        device.OrganizationGroup.Id is { } group && excludedGroups.Contains(group);

    private static async Task<Dictionary<int, HashSet<int>>> MembersAsync(SyncRun run, CancellationToken cancellation)
    {
        var members = new Dictionary<int, HashSet<int>>();
        foreach (var group in run.Integration.SmartGroups)
        {
            var devices = await run.Client.SmartGroups.DevicesAsync(group, cancellation);
            members[group] = [.. devices.Select(device => device.Id)];
        }

        return members;
    }
}
