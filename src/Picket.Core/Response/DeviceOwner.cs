namespace Picket.Core.Response;

/// <summary>An integration that reads a device and may write about it.</summary>
/// <param name="Steps">From the device's organization group up to the integration's own; null: not known.</param>
public sealed record DeviceClaim(Guid Integration, int? Steps);

/// <summary>Of several integrations over one device the one whose organization group is nearest to it owns its tags and commands.</summary>
public static class DeviceOwner
{
    /// <returns>Null where they cannot be told apart: then none of them silently wins, and none writes.</returns>
    public static Guid? Of(IReadOnlyCollection<DeviceClaim> claims)
    {
        if (claims.Count == 1)
        {
            return claims.Single().Integration;
        }

        var least = claims.Min(claim => claim.Steps ?? 0);
        var nearest = claims.Where(claim => claim.Steps == least).ToList();
        return claims.Any(claim => claim.Steps is null) || nearest.Count != 1 ? null : nearest[0].Integration;
    }
}
