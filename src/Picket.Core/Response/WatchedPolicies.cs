namespace Picket.Core.Response;

/// <summary>A compliance policy as the UEM lists it.</summary>
/// <param name="IsActive">Null where the UEM does not say.</param>
/// <param name="Assigned">Devices; null where the UEM does not say.</param>
public sealed record PolicySeen(string Name, bool? IsActive, int? Assigned);

/// <summary>What is wrong with a compliance policy that people said acts on tags.</summary>
public static class WatchedPolicies
{
    /// <summary>How many may be watched at one integration.</summary>
    public const int Most = 50;

    /// <param name="name">Its name when it was chosen, or accepted since.</param>
    /// <param name="now">Null: a whole listing lacks it.</param>
    /// <param name="anyTagged">Devices carry tags of ours.</param>
    /// <returns>The worst of it; null where all is well.</returns>
    public static DriftKind? Told(string name, PolicySeen? now, bool anyTagged) =>
        now is null ? DriftKind.PolicyGone
        : now.IsActive is false ? DriftKind.PolicyInactive
        : now.Assigned is 0 && anyTagged ? DriftKind.PolicyUnassigned
        : now.Name != name ? DriftKind.PolicyRenamed
        : null;
}
