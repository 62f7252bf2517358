using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Sync;

/// <summary>
/// What a row says, in 16 bytes: stored beside the row, so that the next run writes only what changed. Volatile fields
/// (last seen, battery, memory) stay out of it. SHA-256, shortened: the same in every process and on every machine.
/// </summary>
public readonly record struct RowHash(ulong High, ulong Low)
{
    private const int Size = 16;
    private const byte Absent = 0;
    private const byte Present = 1;

    /// <summary>An absent field and an empty one differ, and so do ("ab", "c") and ("a", "bc").</summary>
    public static RowHash Of(params ReadOnlySpan<string?> fields)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Bound(fields));
        try
        {
            var length = 0;
            foreach (var field in fields)
            {
                length += Write(field, rented.AsSpan(length));
            }

            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(rented.AsSpan(0, length), digest);
            return FromBytes(digest[..Size]);
        }
        finally
        {
            // Rows are personal data: do not leave them in a shared buffer.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    public static RowHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]))
            : throw new ArgumentException($"A row hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low);
        return bytes;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private static int Bound(ReadOnlySpan<string?> fields)
    {
        var bound = 0;
        foreach (var field in fields)
        {
            bound += 1 + sizeof(int) + Encoding.UTF8.GetMaxByteCount(field?.Length ?? 0);
        }

        return bound;
    }

    private static int Write(string? field, Span<byte> target)
    {
        target[0] = field is null ? Absent : Present;
        if (field is null)
        {
            return 1;
        }

        var length = Encoding.UTF8.GetBytes(field, target[(1 + sizeof(int))..]);
        BinaryPrimitives.WriteInt32BigEndian(target[1..], length);
        return 1 + sizeof(int) + length;
    }
}
