using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// The installation's key for the hashes that stand for personal apps (law 8). Made once, kept encrypted in the data
/// folder; without it the stored hashes say nothing, and nobody can try names against them.
/// </summary>
public sealed class PersonalAppKey
{
    private readonly Lazy<byte[]> key;

    public PersonalAppKey(IOptions<StorageOptions> storage, IDataProtectionProvider protection)
    {
        var protector = protection.CreateProtector("Picket.PersonalApps.Key");
        var file = Path.Combine(storage.Value.DataFolder, "personal-apps.key");
        key = new Lazy<byte[]>(() =>
        {
            if (!File.Exists(file))
            {
                Make(file, protector);
            }

            return protector.Unprotect(File.ReadAllBytes(file));
        });
    }

    public ReadOnlySpan<byte> Value => key.Value;

    /// <summary>Of servers that share the folder one makes it, and it is never there in part.</summary>
    private static void Make(string file, IDataProtector protector)
    {
        var own = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllBytes(own, protector.Protect(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(own, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(own);
        }
    }
}
