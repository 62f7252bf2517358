namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>A named set of rights. Rights can be changed while the server runs, as in the console.</summary>
public sealed class Role(string name, IEnumerable<Right> rights, string description = "", bool builtIn = false)
{
    private readonly Lock gate = new();
    private volatile HashSet<Right> granted = [.. rights];

    /// <summary>Stands for the role of an account that has none.</summary>
    internal static Role None { get; } = new("", []);

    public string Name { get; } = name;

    public string Description { get; set; } = description;

    /// <summary>Built-in roles can be copied, not edited, on the console.</summary>
    public bool BuiltIn { get; } = builtIn;

    public IReadOnlyCollection<Right> Rights => granted;

    public bool Grants(Right right) => granted.Contains(right);

    public void Grant(Right right) => Change(had => [.. had, right]);

    public void Revoke(Right right) => Change(had => [.. had.Where(one => one != right)]);

    /// <summary>The rights are these from now on.</summary>
    public void Replace(IEnumerable<Right> wanted) => Change(_ => [.. wanted]);

    private void Change(Func<HashSet<Right>, HashSet<Right>> change)
    {
        lock (gate)
        {
            granted = change(granted);
        }
    }
}
