using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Picket.Server.Integrations;

/// <summary>Password or client secret, and the API key, of one integration.</summary>
/// <remarks>Neither logged nor shown: <see cref="ToString"/> says so.</remarks>
public sealed record IntegrationSecrets(
    string Secret,
    string? ApiKey,
    string? ProxyUser = null,
    string? ProxyPassword = null
)
{
    public override string ToString() => "(secrets)";
}

/// <summary>
/// Encrypts secrets at rest. A box opens only for the integration and the way to the UEM that it was closed for: address,
/// token address, CA and proxy. Whoever changes one of them in the database gets nothing sent there (law 7).
/// </summary>
public sealed class SecretBox(IDataProtectionProvider protection)
{
    private const string Own = "Picket.Integration.Secrets";
    private const string Wipes = "Picket.Integration.WipeSecrets";

    /// <param name="integration">With its way to the UEM as it is to be saved.</param>
    public string Close(IntegrationRow integration, IntegrationSecrets secrets) =>
        Protector(integration).Protect(JsonSerializer.Serialize(secrets));

    public IntegrationSecrets Open(IntegrationRow integration) =>
        JsonSerializer.Deserialize<IntegrationSecrets>(Protector(integration).Unprotect(integration.ProtectedSecrets))!;

    /// <summary>Null where the key ring that closed the box is gone, or the way is not the one it was closed for.</summary>
    public IntegrationSecrets? TryOpen(IntegrationRow integration)
    {
        try
        {
            return Open(integration);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Closes what signs in for wipes alone. It does not open as the integration's own, nor the other way round.</summary>
    public string CloseForWipes(IntegrationRow integration, IntegrationSecrets secrets) =>
        Protector(integration, Wipes).Protect(JsonSerializer.Serialize(secrets));

    /// <summary>Null where there is none, as in <see cref="TryOpen"/>, and where the account is another one.</summary>
    public IntegrationSecrets? TryOpenForWipes(IntegrationRow integration)
    {
        try
        {
            return integration.ProtectedWipeSecrets is { } kept
                ? JsonSerializer.Deserialize<IntegrationSecrets>(Protector(integration, Wipes).Unprotect(kept))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(IntegrationRow integration, string purpose = Own) =>
        protection.CreateProtector(
            purpose,
            integration.Id.ToString(),
            $"address {integration.Address}",
            $"token {integration.TokenAddress}",
            $"ca {integration.CaCertificatePem?.Trim()}",
            $"proxy {integration.ProxyAddress}"
        );
}
