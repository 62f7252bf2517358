using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Sync;

public enum DeviceOwnership
{
    Undefined,
    Corporate,
    CorporateShared,
    Employee,
}

/// <summary>How an app of a device is kept.</summary>
public enum AppKeeping
{
    Plain,
    KeyedHash,
    Nothing,
}

/// <summary>What an administrator decided about apps that the UEM does not manage, by whose the device is.</summary>
public sealed record AppPrivacyRules(AppKeeping Corporate, AppKeeping Personal)
{
    public static readonly AppPrivacyRules Default = new(AppKeeping.Plain, AppKeeping.KeyedHash);
}

/// <summary>Collect the least: decides for each app, while it is read, what of it may reach the database.</summary>
public static class AppPrivacy
{
    /// <summary>Whatever the rules say, an employee's own apps never reach the database in clear.</summary>
    public static AppKeeping Keep(DeviceOwnership ownership, bool managed, AppPrivacyRules rules) =>
        managed ? AppKeeping.Plain
        : !IsPersonal(ownership) ? rules.Corporate
        : rules.Personal is AppKeeping.Nothing ? AppKeeping.Nothing
        : AppKeeping.KeyedHash;

    /// <summary>A device of undefined ownership is treated as the employee's.</summary>
    public static bool IsPersonal(DeviceOwnership ownership) =>
        ownership is not (DeviceOwnership.Corporate or DeviceOwnership.CorporateShared);

    /// <summary>
    /// The keyed hash of an identifier (bundle id, package name): equal identifiers give equal hashes under one key, so
    /// an exact indicator still matches; without the key the app cannot be guessed from a list of names.
    /// </summary>
    public static string Hash(ReadOnlySpan<byte> key, string identifier)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(identifier.Trim().ToLowerInvariant()), digest);
        return "#" + Convert.ToHexStringLower(digest[..16]);
    }
}
