namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>A named set of rights. Rights can be changed while the server runs, as in the console.</summary>
public sealed class Role(string name, IEnumerable<Right> rights)
{
    private volatile HashSet<Right> granted = [.. rights];

    public string Name { get; } = name;

    public IReadOnlyCollection<Right> Rights => granted;

    public bool Grants(Right right) => granted.Contains(right);

    public void Grant(Right right) => granted = [.. granted, right];

    public void Revoke(Right right) => granted = [.. granted.Where(had => had != right)];
}
