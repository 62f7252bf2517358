using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Response;

/// <summary>
/// Names one write: derived again from the same plan it is the same, so that a unique key in the database stops a second
/// entry for it, from whichever node it comes.
/// </summary>
public static class IdempotencyKey
{
    /// <param name="kind">What is written, with its object: "tag-add:1234".</param>
    /// <param name="devices">In any order.</param>
    public static string Derive(Guid integration, string kind, Guid plan, IEnumerable<long> devices)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(integration.ToByteArray(bigEndian: true));
        hash.AppendData(plan.ToByteArray(bigEndian: true));
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(kind)));

        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var device in devices.Distinct().Order())
        {
            BinaryPrimitives.WriteInt64BigEndian(number, device);
            hash.AppendData(number);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
