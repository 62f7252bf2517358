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
            File.Exists(file) ? protector.Unprotect(File.ReadAllBytes(file)) : Make(file, protector)
        );
    }

    public ReadOnlySpan<byte> Value => key.Value;

    private static byte[] Make(string file, IDataProtector protector)
    {
        var made = RandomNumberGenerator.GetBytes(32);
        File.WriteAllBytes(file, protector.Protect(made));
        return made;
    }
}
