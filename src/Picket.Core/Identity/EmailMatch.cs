namespace Picket.Core.Identity;

/// <summary>An administrator account of the UEM, with the address that it carries there.</summary>
public sealed record AddressedAccount(AdminAccount Account, string? Email);

/// <summary>Which account of the UEM a provider's word about an address points at.</summary>
public abstract record EmailMatch
{
    private EmailMatch() { }

    public sealed record One(AdminAccount Account) : EmailMatch;

    /// <summary>The provider does not vouch for the address; whatever carries it may be somebody else's.</summary>
    public sealed record NotVerified : EmailMatch;

    public sealed record Nobody : EmailMatch;

    /// <summary>An address that several accounts carry points at none of them.</summary>
    public sealed record Several : EmailMatch;

    /// <param name="verified">The address that the provider vouches for; null where it vouches for none.</param>
    /// <param name="listed">What a search for it gave; a UEM's search also finds parts and other spellings.</param>
    public static EmailMatch Of(string? verified, IEnumerable<AddressedAccount> listed)
    {
        if (string.IsNullOrWhiteSpace(verified))
            return new NotVerified();

        var carriers = listed
            .Where(each => IsSame(each.Email, verified))
            .DistinctBy(each => each.Account.Uuid)
            .ToList();
        return carriers switch
        {
            [] => new Nobody(),
            [var one] => new One(one.Account),
            _ => new Several(),
        };
    }

    private static bool IsSame(string? email, string verified) =>
        string.Equals(email?.Trim(), verified.Trim(), StringComparison.OrdinalIgnoreCase);
}
