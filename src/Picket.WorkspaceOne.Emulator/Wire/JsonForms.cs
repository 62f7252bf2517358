using System.Globalization;
using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>The value forms that recur on this API's wire.</summary>
internal static class JsonForms
{
    private const string Zoneless = "yyyy-MM-ddTHH:mm:ss.fff";

    /// <summary>No zone, milliseconds; never-happened is the year 1.</summary>
    public static void Date(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTime date)
    {
        Span<char> text = stackalloc char[23];
        date.TryFormat(text, out _, Zoneless, CultureInfo.InvariantCulture);
        writer.WriteString(name, text);
    }

    /// <summary>Newer routes write the zone.</summary>
    public static void ZonedDate(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTime date)
    {
        Span<char> text = stackalloc char[24];
        date.TryFormat(text, out _, Zoneless + "Z", CultureInfo.InvariantCulture);
        writer.WriteString(name, text);
    }

    /// <summary><c>{"Value": 123}</c>: ids of v1 and v2.</summary>
    public static void IdValue(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, int id)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("Value"u8, id);
        writer.WriteEndObject();
    }

    /// <summary><c>{"Id": {"Value": 123}, "Name": …, "Uuid": …}</c>; name and uuid may be missing.</summary>
    public static void Reference(
        this Utf8JsonWriter writer,
        ReadOnlySpan<byte> member,
        int id,
        string? name,
        Guid? uuid = null
    )
    {
        writer.WriteStartObject(member);
        writer.IdValue("Id"u8, id);
        if (name is not null)
        {
            writer.WriteString("Name"u8, name);
        }

        if (uuid is { } value)
        {
            writer.WriteString("Uuid"u8, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Counts that the wire writes as text.</summary>
    public static void TextNumber(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long number) =>
        writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));

    public static void Rows<T>(
        this Utf8JsonWriter writer,
        ReadOnlySpan<byte> name,
        IEnumerable<T> rows,
        Action<Utf8JsonWriter, T> members
    )
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            members(writer, row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The envelope of most v1 and v2 searches.</summary>
    public static Answer Envelope<T>(this Page<T> page, string name, Action<Utf8JsonWriter, T> members) =>
        Answer.Object(writer =>
        {
            writer.Rows(System.Text.Encoding.UTF8.GetBytes(name), page.Rows, members);
            WriteCounts(writer, page);
        });

    /// <summary>As <see cref="EnvelopeOrNothing"/>, for rows that are written whole.</summary>
    public static Answer RawEnvelopeOrNothing<T>(this Page<T> page, string name, Action<Utf8JsonWriter, T> write) =>
        page.Rows.Count == 0 && !page.EmptyIsList
            ? Answer.Nothing
            : Answer.Object(writer =>
            {
                writer.WriteStartArray(name);
                foreach (var row in page.Rows)
                {
                    write(writer, row);
                }

                writer.WriteEndArray();
                WriteCounts(writer, page);
            });

    /// <summary>The same where a page without rows is 204 without a body.</summary>
    public static Answer EnvelopeOrNothing<T>(this Page<T> page, string name, Action<Utf8JsonWriter, T> members) =>
        page.Rows.Count == 0 && !page.EmptyIsList ? Answer.Nothing : page.Envelope(name, members);

    private static void WriteCounts<T>(Utf8JsonWriter writer, Page<T> page)
    {
        writer.WriteNumber("Page"u8, page.Number);
        writer.WriteNumber("PageSize"u8, page.Size);
        writer.WriteNumber("Total"u8, page.Total);
    }
}
