namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>An administrator who can sign in to the API.</summary>
public sealed class Account
{
    public required string Name { get; init; }
    public required string Password { get; set; }
    public required Role Role { get; set; }

    /// <summary>Index of the organization group; null: the account lost its group.</summary>
    public required int? Group { get; set; }
    public required Guid Uuid { get; init; }
    public bool Locked { get; set; }
    public int FailedSignIns { get; set; }
}
