using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Wire;

/// <summary>
/// Dates: ISO without zone (read as UTC), with <c>Z</c>, US text, or a space for the T. Year 1 means "never". No other
/// form is guessed at: a version number is not a day of March.
/// </summary>
internal sealed class WireDate : JsonConverter<DateTimeOffset?>
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] OtherForms =
    [
        "M/d/yyyy h:mm:ss tt",
        "M/d/yyyy h:mm tt",
        "M/d/yyyy H:mm:ss.FFFFFFF",
        "M/d/yyyy H:mm",
        "M/d/yyyy",
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm",
        "yyyy/MM/dd HH:mm:ss.FFFFFFF",
        "yyyy/MM/dd",
        "M-d-yyyy HH:mm:ss.FFFFFFF",
        "M-d-yyyy",
    ];

    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (reader.TryGetDateTime(out var iso))
        {
            return Known(
                iso.Kind == DateTimeKind.Unspecified
                    ? DateTime.SpecifyKind(iso, DateTimeKind.Utc)
                    : iso.ToUniversalTime()
            );
        }

        return Parse(reader.GetString());
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Dates are only read.");

    internal static DateTimeOffset? Parse(string? text) =>
        DateTime.TryParseExact(text, OtherForms, CultureInfo.InvariantCulture, Utc, out var date) ? Known(date) : null;

    private static DateTimeOffset? Known(DateTime date) => date.Year <= 1 ? null : new DateTimeOffset(date);
}
