using System.Buffers.Binary;
using System.Globalization;

namespace Picket.Core.Sync;

/// <summary>
/// What a row says, in 16 bytes: stored beside the row, so that the next run writes only what changed. Volatile fields
/// (last seen, battery, memory) stay out of it. SHA-256, shortened: the same in every process and on every machine.
/// </summary>
public readonly record struct RowHash(ulong High, ulong Low)
{
    internal const int Size = 16;

    /// <summary>An absent field and an empty one differ, and so do ("ab", "c") and ("a", "bc").</summary>
    public static RowHash Of(params ReadOnlySpan<string?> fields)
    {
        var hasher = new RowHasher();
        foreach (var field in fields)
        {
            hasher.Add(field);
        }

        return hasher.Finish();
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
}
