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
)
{
    public string MobileNumber { get; init; } = "";
    public string ContactNumber { get; init; } = "";

    /// <summary>1 directory, 2 basic: the numbers of the wire.</summary>
    public int SecurityType { get; init; } = 2;

    /// <summary>The five free fields of a user.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = NoAttributes;

    // One for all: a page of devices makes a thousand of these.
    private static readonly string[] NoAttributes = ["", "", "", "", ""];
}
