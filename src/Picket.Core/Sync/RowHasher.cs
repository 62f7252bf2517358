using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Sync;

/// <summary>
/// Makes a <see cref="RowHash"/> field by field, without a text for each: a quiet run hashes every device of the fleet.
/// A field's place decides its type, so forms of different types need not differ.
/// </summary>
public ref struct RowHasher
{
    private const byte Absent = 0;
    private const byte Present = 1;
    private const int Room = 512;
    private const int GuidSize = 16;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Room);
    private int length;

    public RowHasher() { }

    public void Add(string? text)
    {
        if (Starts(text is not null, sizeof(int) + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0)))
        {
            var bytes = Encoding.UTF8.GetBytes(text, buffer.AsSpan(length + sizeof(int)));
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), bytes);
            length += sizeof(int) + bytes;
        }
    }

    public void Add(long? number)
    {
        if (Starts(number is not null, sizeof(long)))
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(length), number.GetValueOrDefault());
            length += sizeof(long);
        }
    }

    public void Add(bool? flag) => Add(flag is { } known ? Convert.ToInt64(known) : (long?)null);

    public void Add(DateOnly? day) => Add(day is { } known ? known.DayNumber : (long?)null);

    /// <summary>The moment, whatever the zone it is told in.</summary>
    public void Add(DateTimeOffset? moment) => Add(moment?.UtcTicks);

    public void Add(Guid? id)
    {
        if (Starts(id is not null, GuidSize))
        {
            id.GetValueOrDefault().TryWriteBytes(buffer.AsSpan(length));
            length += GuidSize;
        }
    }

    /// <summary>The hash of what was added. The hasher is spent afterwards.</summary>
    public RowHash Finish()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), digest);

        // Rows are personal data: do not leave them in a shared buffer.
        buffer.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        return RowHash.FromBytes(digest[..RowHash.Size]);
    }

    /// <summary>Marks whether the field is there, and makes room for it.</summary>
    private bool Starts(bool present, int room)
    {
        if (buffer.Length - length < room + 1)
        {
            Grow(length + room + 1);
        }

        buffer[length++] = present ? Present : Absent;
        return present;
    }

    private void Grow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, 2 * buffer.Length));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }
}
