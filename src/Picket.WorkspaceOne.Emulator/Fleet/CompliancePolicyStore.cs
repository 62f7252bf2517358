namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>What somebody did to a compliance policy of the seed in the console.</summary>
/// <param name="Name">Its name now; null: the seed's.</param>
/// <param name="IsActive">Whether it acts.</param>
/// <param name="Assigned">Devices that it is assigned to; null: all of its platform.</param>
/// <param name="IsDeleted">It is gone.</param>
public sealed record CompliancePolicyChange(
    string? Name = null,
    bool IsActive = true,
    int? Assigned = null,
    bool IsDeleted = false
);

/// <summary>Compliance policies as they are now: the API reads them, so an operator changes them.</summary>
public sealed class CompliancePolicyStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, CompliancePolicyChange> changes = [];

    internal CompliancePolicyStore() { }

    /// <exception cref="FormatException">The seed has no such policy.</exception>
    public void Change(int id, CompliancePolicyChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!CompliancePolicies.All.Any(policy => policy.Id == id))
        {
            throw new FormatException($"There is no compliance policy {id}.");
        }

        lock (gate)
        {
            changes[id] = change;
        }
    }

    internal IReadOnlyList<(CompliancePolicy Policy, CompliancePolicyChange Change)> All
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. CompliancePolicies
                        .All.Select(policy => (policy, changes.GetValueOrDefault(policy.Id) ?? new()))
                        .Where(policy => !policy.Item2.IsDeleted)
                        .Select(policy =>
                            (policy.policy with { Name = policy.Item2.Name ?? policy.policy.Name }, policy.Item2)
                        ),
                ];
            }
        }
    }

    internal Dictionary<int, CompliancePolicyChange> Save()
    {
        lock (gate)
        {
            return new(changes);
        }
    }

    internal void Load(Dictionary<int, CompliancePolicyChange> saved)
    {
        lock (gate)
        {
            changes.Clear();
            foreach (var (id, change) in saved)
            {
                changes[id] = change;
            }
        }
    }
}
