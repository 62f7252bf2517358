using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Picket.Server.Notices;

/// <param name="Current">A webhook's secret, or the password of the mail server's user.</param>
/// <param name="Old">The secret before, while it is good.</param>
/// <remarks>Neither logged nor shown: <see cref="ToString"/> says so.</remarks>
internal sealed record NoticeSecrets(string Current, string? Old = null)
{
    public override string ToString() => "(secrets)";
}

/// <summary>
/// Encrypts the secrets of channels at rest. A box opens only for the channel and the way that it was closed for: whoever
/// changes the address in the database gets nothing sent there (law 7).
/// </summary>
internal sealed class NoticeSecretBox(IDataProtectionProvider protection)
{
    public string Close(NoticeChannelRow channel, NoticeSecrets secrets) =>
        Protector(channel).Protect(JsonSerializer.Serialize(secrets));

    /// <summary>Null where there are none, the key ring that closed the box is gone, or the way is another.</summary>
    public NoticeSecrets? TryOpen(NoticeChannelRow channel)
    {
        try
        {
            return channel.ProtectedSecrets.Length == 0
                ? null
                : JsonSerializer.Deserialize<NoticeSecrets>(Protector(channel).Unprotect(channel.ProtectedSecrets));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(NoticeChannelRow channel) =>
        protection.CreateProtector("Picket.Notices.Secrets", channel.Id.ToString(), channel.Way);
}
