namespace Picket.Core.Identity;

/// <summary>One role of a UEM administrator, and the organization group that it is assigned at.</summary>
public sealed record AdminRole(string Name, Guid? GroupUuid, string? GroupName, bool Active)
{
    /// <summary>
    /// The UEM's API names a role but does not tell its rights; the console's own read-only role, and those that say so
    /// in their name, are known by it.
    /// </summary>
    public bool ReadOnly =>
        Name.Replace("-", " ", StringComparison.Ordinal).Contains("read only", StringComparison.OrdinalIgnoreCase)
        || Name.Contains("readonly", StringComparison.OrdinalIgnoreCase);
}

/// <summary>An administrator account as the UEM has it now.</summary>
/// <param name="Active">Null when the UEM did not say.</param>
public sealed record AdminAccount(
    Guid Uuid,
    string UserName,
    bool? Active,
    Guid? GroupUuid,
    IReadOnlyList<AdminRole> Roles
);

/// <summary>What re-reading an account gave.</summary>
public abstract record AdminReading
{
    private AdminReading() { }

    public sealed record Found(AdminAccount Account) : AdminReading;

    public sealed record Absent : AdminReading;

    /// <summary>The UEM could not be asked or did not answer.</summary>
    public sealed record NoAnswer(string Cause) : AdminReading;
}
