using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Everything that one UEM holds about its organization, as computed from seed and size.</summary>
internal sealed class Tenant
{
    public Tenant(ulong seed, int devices, TimeProvider time, NaturalLife? life = null)
    {
        Ids = new SeededIds(seed);
        Tree = new OrganizationTree(Ids);
        People = new People(seed, Ids, Tree, devices);
        Fleet = new DeviceFleet(seed, devices, Tree, People, Ids, time, life);
        Apps = new InstalledApps(seed, Tree);
        UserGroups = new UserGroups(seed, Ids, Tree, People);
        Administrators = [.. Emulator.Fleet.Administrators.Of(seed, Ids, Tree, devices)];
    }

    public SeededIds Ids { get; }
    public OrganizationTree Tree { get; }
    public People People { get; }
    public DeviceFleet Fleet { get; }
    public InstalledApps Apps { get; }
    public UserGroups UserGroups { get; }
    public IReadOnlyList<Administrator> Administrators { get; }
}
