using System.Buffers.Binary;
using System.Buffers.Text;
using Picket.Server.Hosting;

namespace Picket.Server.Inventory;

/// <summary>Where the events of a device come from. Events of one moment stand in this order.</summary>
internal enum HistorySource : byte
{
    AppGone,
    AppCame,
    FindingEnded,
    FindingBegan,
    Change,
    Written,
}

/// <summary>A place in a device's history, which is made of several tables: the moment, the table, the row.</summary>
internal readonly record struct HistoryCursor(DateTimeOffset At, HistorySource Source, Guid Id)
    : IComparable<HistoryCursor>
{
    private const int Size = sizeof(long) + sizeof(byte) + 16;

    public int CompareTo(HistoryCursor other) =>
        (At.UtcTicks, Source, Id).CompareTo((other.At.UtcTicks, other.Source, other.Id));

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        bytes[sizeof(long)] = (byte)Source;
        Id.TryWriteBytes(bytes[(sizeof(long) + 1)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for the first page.</summary>
    /// <exception cref="PagingMistakeException">The cursor is none of ours.</exception>
    public static HistoryCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (
            text.Length == Base64Url.GetEncodedLength(Size)
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out _)
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks
            && ticks <= DateTime.MaxValue.Ticks
            && Enum.IsDefined((HistorySource)bytes[sizeof(long)])
        )
        {
            var id = new Guid(bytes[(sizeof(long) + 1)..], bigEndian: true);
            return new(new DateTimeOffset(ticks, TimeSpan.Zero), (HistorySource)bytes[sizeof(long)], id);
        }

        throw new PagingMistakeException(
            "cursor",
            "This cursor is not one of a device's history. Take it from `next` of the page before."
        );
    }
}
