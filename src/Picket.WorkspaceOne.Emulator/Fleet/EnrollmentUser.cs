namespace Picket.WorkspaceOne.Emulator.Fleet;

public sealed record EnrollmentUser(
    int Index,
    int Id,
    Guid Uuid,
    string UserName,
    string FirstName,
    string LastName,
    string Email,
    int Group,
    bool Active
);
