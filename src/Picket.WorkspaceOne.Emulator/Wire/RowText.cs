using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>JSON text of one row, put together from constant pieces and values.</summary>
internal sealed class RowText : IDisposable
{
    private const int Largest = 16 * 1024;

    // Texts of the fleet hold none of these; those that a test sets may.
    private static readonly SearchValues<char> NeedEscape = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)) + "\"\\"
    );

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Largest);
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    private Span<byte> Rest => buffer.AsSpan(length);

    public RowText Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Rest);
        length += text.Length;
        return this;
    }

    public RowText Text(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(NeedEscape))
        {
            return Raw(JsonSerializer.SerializeToUtf8Bytes(new string(text)));
        }

        buffer[length++] = (byte)'"';
        length += Encoding.UTF8.GetBytes(text, Rest);
        buffer[length++] = (byte)'"';
        return this;
    }

    public RowText Number(long number)
    {
        number.TryFormat(Rest, out var written, default, CultureInfo.InvariantCulture);
        length += written;
        return this;
    }

    public RowText Percent(int number)
    {
        Utf8.TryWrite(Rest, CultureInfo.InvariantCulture, $"\"{number}%\"", out var written);
        length += written;
        return this;
    }

    public RowText Truth(bool truth) => Raw(truth ? "true"u8 : "false"u8);

    public RowText Uuid(Guid uuid)
    {
        buffer[length++] = (byte)'"';
        uuid.TryFormat(Rest, out var written);
        length += written;
        buffer[length++] = (byte)'"';
        return this;
    }

    /// <summary>No zone, milliseconds.</summary>
    public RowText Date(DateTime date)
    {
        buffer[length++] = (byte)'"';
        // The round-trip form has seven fraction digits; the wire has three.
        new DateTime(date.Ticks, DateTimeKind.Unspecified).TryFormat(Rest, out _, "O", CultureInfo.InvariantCulture);
        length += "yyyy-MM-ddTHH:mm:ss.fff".Length;
        buffer[length++] = (byte)'"';
        return this;
    }

    /// <summary>As <see cref="JsonForms.Reference"/>.</summary>
    public RowText Reference(int id, string name, Guid? uuid)
    {
        Raw("""{"Id":{"Value":"""u8).Number(id).Raw("""},"Name":"""u8).Text(name);
        if (uuid is { } value)
        {
            Raw(""","Uuid":"""u8).Uuid(value);
        }

        return Raw("}"u8);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
