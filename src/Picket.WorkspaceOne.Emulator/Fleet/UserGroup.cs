namespace Picket.WorkspaceOne.Emulator.Fleet;

public sealed record UserGroup(int Index, int Id, Guid Uuid, string Name, int Group, bool Functional);
