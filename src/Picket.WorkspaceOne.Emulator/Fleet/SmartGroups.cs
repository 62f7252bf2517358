namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Smart groups by platform, by region and by ownership.</summary>
internal sealed class SmartGroups
{
    private const int FirstId = 30_011;

    private readonly DeviceFleet fleet;

    public SmartGroups(SeededIds ids, OrganizationTree tree, DeviceFleet fleet)
    {
        this.fleet = fleet;
        var all = new DeviceFilter(tree.Customer.Index);
        (string Name, DeviceFilter Filter)[] defined =
        [
            ("All Devices", all),
            ("All Apple Mobile", all with { Platform = "Apple" }),
            ("All Android", all with { Platform = "Android" }),
            ("All Windows", all with { Platform = "WinRT" }),
            ("All Macs", all with { Platform = "AppleOsX" }),
            ("Corporate Dedicated", all with { Ownership = "C" }),
            ("Employee Owned", all with { Ownership = "E" }),
            ("Corporate Shared", all with { Ownership = "S" }),
            .. tree
                .All.Where(group => group.Level == 1)
                .Select(group => (group.Name + " devices", new DeviceFilter(group.Index))),
        ];
        All =
        [
            .. defined.Select(
                (group, index) =>
                    new SmartGroup(
                        FirstId + index * 3,
                        ids.Uuid(ThingKind.SmartGroup, index),
                        group.Name,
                        group.Filter.Group,
                        group.Filter
                    )
            ),
        ];
    }

    public IReadOnlyList<SmartGroup> All { get; }

    public int[] Members(SmartGroup group) => fleet.List(group.Filter);
}
