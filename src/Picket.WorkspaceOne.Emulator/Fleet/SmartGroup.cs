namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A smart group: a question about the fleet under a name.</summary>
internal sealed record SmartGroup(int Id, Guid Uuid, string Name, int Group, DeviceFilter Filter);
