namespace Picket.Core.Preparation;

/// <summary>Roles of the UEM that grant everything. No route tells a role's rights, so its name has to do.</summary>
public static class BroadRoles
{
    private static readonly string[] Names =
    [
        "Console Administrator",
        "System Administrator",
        "AirWatch Administrator",
    ];

    /// <returns>The first of them that grants everything; null where none does.</returns>
    public static string? In(IEnumerable<string> roles) =>
        roles.FirstOrDefault(role => Names.Contains(role.Trim(), StringComparer.OrdinalIgnoreCase));
}
