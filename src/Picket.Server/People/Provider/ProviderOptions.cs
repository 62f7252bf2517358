namespace Picket.Server.People;

/// <summary>
/// Section <c>OpenIdConnect</c>: the provider with which people sign in, beside or in place of a password. Nothing of it
/// is needed; without an authority nobody is offered it.
/// </summary>
public sealed record ProviderOptions
{
    public const string Section = "OpenIdConnect";

    /// <summary>The provider's issuer, such as <c>https://login.example.com/tenant</c>. It is pinned: no other one is believed.</summary>
    public string? Authority { get; init; }
    public string? ClientId { get; init; }

    /// <summary>Best given in the environment, as <c>OpenIdConnect__ClientSecret</c>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the button of the sign-in page calls it.</summary>
    public string Name { get; init; } = "your company's sign-in";

    public bool IsGiven => !string.IsNullOrWhiteSpace(Authority);
}
