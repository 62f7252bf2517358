using System.Globalization;

namespace Picket.Core.Intelligence.Formats;

/// <summary>A list of indicators as organizations and exchanges keep it: CSV, whose header says which column is what.</summary>
internal static class CsvFeed
{
    private const string Kind = "kind";
    private const string Value = "value";

    public static readonly IReadOnlyList<string> Required = [Kind, Value];

    public static readonly IReadOnlyList<string> Columns =
    [
        .. Required,
        "platform",
        "class",
        "family",
        "confidence",
        "reference",
        "validUntil",
    ];

    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(
            FeedFormat.Csv,
            content,
            origin,
            bytes => CsvTable.Read(bytes, Columns, Required),
            (table, errors) => Read(table, errors, origin)
        );

    private static FeedBody Read(FeedNode table, FeedErrors errors, FeedOrigin origin)
    {
        var indicators = new IndicatorSet(errors);
        foreach (var line in table.Items)
        {
            if (ReadLine(line, errors, origin.Name) is { } indicator)
            {
                indicators.Add(line[Value]!, indicator);
            }
        }

        var content = new FeedContent(FeedReading.Unsourced)
        {
            Indicators = indicators.All,
            Entries = table.Items.Count,
            Duplicates = indicators.Duplicates,
        };
        return new FeedBody(content, null, null);
    }

    private static Indicator? ReadLine(FeedNode line, FeedErrors errors, string feed)
    {
        if (
            Word(line, Kind, IndicatorWords.Kinds, errors, required: true) is not { } kind
            || errors.Text(line, Value, required: true) is not { } value
        )
        {
            return null;
        }

        var platform = Word(line, "platform", IndicatorWords.Platforms, errors) ?? IndicatorWords.UsualPlatform(kind);
        var threat = Word(line, "class", IndicatorWords.Classes, errors) ?? IndicatorWords.UsualClass(kind);
        var confidence = Word(line, "confidence", IndicatorWords.Confidences, errors);
        return new Indicator(
            $"{platform}:{kind}:{IndicatorValues.Normalise(kind, value)}",
            kind,
            value,
            platform,
            errors.Text(line, "family") ?? feed,
            threat,
            confidence ?? IndicatorValues.UsualConfidence(kind),
            errors.Text(line, "reference") ?? string.Create(CultureInfo.InvariantCulture, $"line {line.Line}")
        )
        {
            ValidUntil = EndOf(line, errors),
        };
    }

    /// <summary>The day named is the last on which it counts.</summary>
    private static DateTimeOffset? EndOf(FeedNode line, FeedErrors errors) =>
        errors.Date(line, "validUntil") is { } day
            ? new DateTimeOffset(day.AddDays(day < DateOnly.MaxValue ? 1 : 0), TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static T? Word<T>(
        FeedNode line,
        string column,
        IReadOnlyDictionary<string, T> words,
        FeedErrors errors,
        bool required = false
    )
        where T : struct
    {
        if (errors.Text(line, column, required) is not { } text)
        {
            return null;
        }

        if (IndicatorWords.TryRead(words, text, out var value))
        {
            return value;
        }

        var known = string.Join(", ", words.Keys);
        errors.Add(line[column]!, $"'{FeedDates.Shorten(text)}' is no {column}. Write one of {known}.");
        return null;
    }
}
