namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A console administrator as the listing shows it, with one role at one organization group.</summary>
public sealed record Administrator(
    int Index,
    int Id,
    Guid Uuid,
    string UserName,
    string FirstName,
    string LastName,
    string Email,
    int Group,
    string Role,
    bool RoleActive = true
);
