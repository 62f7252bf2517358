namespace Picket.WorkspaceOne.Emulator.Tags;

/// <summary>A tag of one organization group.</summary>
public sealed record Tag(int Id, Guid Uuid, string Name, int Group, string Avatar, DateTime CreatedAt);
