using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Audit;

/// <summary>
/// What one entry of the audit says. Its hash covers all of it and the hash of the entry before, so that none can be
/// altered, removed, added or moved without showing.
/// </summary>
public sealed record AuditRecord(
    long Sequence,
    Guid Id,
    DateTimeOffset At,
    string Actor,
    string? Address,
    string Action,
    string? Subject,
    string Outcome,
    string? Before,
    string? After
)
{
    /// <summary>Stands for the hash before the first entry.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string Form = "picket-audit-1";

    /// <summary>
    /// SHA-256, in small hexadecimal digits, over: the name of the form, the hash before, then the fields in their order
    /// above, time in Unix milliseconds. Each is written as the length of its UTF-8 bytes, a colon, the bytes and a line
    /// feed; an absent one as a minus sign and a line feed.
    /// </summary>
    public string HashAfter(string previousHash)
    {
        string?[] fields =
        [
            Form,
            previousHash,
            Sequence.ToString(CultureInfo.InvariantCulture),
            Id.ToString("D"),
            At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Actor,
            Address,
            Action,
            Subject,
            Outcome,
            Before,
            After,
        ];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields)
        {
            Append(hash, field);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string? field)
    {
        if (field is null)
        {
            hash.AppendData("-\n"u8);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(field);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:")));
        hash.AppendData(bytes);
        hash.AppendData("\n"u8);
    }
}

/// <summary>An entry with its place in the chain, as it is stored and exported.</summary>
public sealed record AuditLink(AuditRecord Record, string PreviousHash, string Hash);
