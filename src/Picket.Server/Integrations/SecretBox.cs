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

/// <summary>Encrypts secrets at rest. A box opens only for the integration and the address it was closed for.</summary>
public sealed class SecretBox(IDataProtectionProvider protection)
{
    public string Close(Guid integration, IntegrationSecrets secrets) =>
        Protector(integration).Protect(JsonSerializer.Serialize(secrets));

    public IntegrationSecrets Open(IntegrationRow integration) =>
        JsonSerializer.Deserialize<IntegrationSecrets>(
            Protector(integration.Id).Unprotect(integration.ProtectedSecrets)
        )!;

    /// <summary>Null where the key ring that closed the box is gone.</summary>
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

    private IDataProtector Protector(Guid integration) =>
        protection.CreateProtector("Picket.Integration.Secrets", integration.ToString());
}
