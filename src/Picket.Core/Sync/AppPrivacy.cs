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

/// <summary>How an app of a device is kept. Ordered: a setting may only move to the right.</summary>
public enum AppKeeping
{
    Plain,
    KeyedHash,
    Nothing,
}

/// <summary>Settings can tighten what the law of least collection asks for, never loosen it.</summary>
public sealed record AppPrivacySettings
{
    public AppKeeping UnmanagedOfEmployee { get; init; } = AppKeeping.KeyedHash;

    public AppKeeping UnmanagedOfOrganization { get; init; } = AppKeeping.Plain;
}

/// <summary>Collect the least: decides for each app, while it is read, what of it may reach the database.</summary>
public static class AppPrivacy
{
    /// <summary>A device of undefined ownership is treated as the employee's.</summary>
    public static AppKeeping Keep(DeviceOwnership ownership, bool managed, AppPrivacySettings settings) =>
        managed ? AppKeeping.Plain
        : ownership is DeviceOwnership.Corporate or DeviceOwnership.CorporateShared ? settings.UnmanagedOfOrganization
        : Stricter(AppKeeping.KeyedHash, settings.UnmanagedOfEmployee);

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

    private static AppKeeping Stricter(AppKeeping one, AppKeeping other) => one > other ? one : other;
}
