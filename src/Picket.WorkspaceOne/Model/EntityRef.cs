namespace Picket.WorkspaceOne;

/// <summary>A reference to another object. Any part may be missing on the wire (trust W).</summary>
/// <param name="Id">Numeric id.</param>
/// <param name="Name">Name.</param>
/// <param name="Uuid">Unique id.</param>
public readonly record struct EntityRef(int? Id, string? Name, Guid? Uuid);
