namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>One row of the console's role editor with the mode that is granted or needed.</summary>
/// <param name="Row">The path in the role editor, as the console writes it.</param>
public sealed record Right(string Row, RightMode Mode)
{
    public override string ToString() => $"{Row}: {Mode}";
}

public enum RightMode
{
    Read,
    Edit,
}
