using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Picket.Api;

namespace Picket.Server.Evidence;

/// <summary>
/// Tells a file that this server made from one that somebody changed. Personal apps stand in it as keyed hashes: whoever
/// could pair them with indicators of their own would learn by trying which apps they are.
/// </summary>
internal sealed class EvidenceSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Picket.Evidence");

    public EvidenceFile On(EvidenceFile file) => file with { Seal = protector.Protect(Sum(file)) };

    public bool IsOn(EvidenceFile file)
    {
        try
        {
            return file.Seal is { } seal && protector.Unprotect(seal) == Sum(file);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Sum(EvidenceFile file)
    {
        var feeds = file.Feeds.Select(feed => $"{feed.Name}|{feed.Format}|{feed.Sha256}");
        var all = string.Join('\n', [Text(file.Facts), file.Policy ?? "", Text(file.OwnIndicators), .. feeds]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>Written anew: on its way through files and programs it may be set out otherwise.</summary>
    private static string Text(JsonElement? json) => json is { } known ? JsonSerializer.Serialize(known) : "";
}
