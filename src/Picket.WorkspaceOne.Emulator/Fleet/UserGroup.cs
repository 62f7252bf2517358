namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <param name="Functional">Across organization groups; else it is everybody of one.</param>
/// <param name="Custom">Made by an administrator, with members that were added one by one.</param>
public sealed record UserGroup(
    int Index,
    int Id,
    Guid Uuid,
    string Name,
    int Group,
    bool Functional,
    bool Custom = false
);
