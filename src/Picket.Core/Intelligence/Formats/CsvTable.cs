using System.Text;

namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// Reads CSV into nodes with places: a list of lines, each a map of its values by column. Commas, semicolons or tabs, told
/// by the header; values may stand in quotation marks, within which two stand for one.
/// </summary>
internal ref struct CsvTable
{
    private readonly string _text;
    private readonly char _separator;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _values;

    private CsvTable(string text)
    {
        _text = text;
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text : text[..end];
        _separator = ",;\t".MaxBy(separator => header.Count(letter => letter == separator));
    }

    /// <param name="columns">Their names; letter case, blanks and dashes do not matter.</param>
    /// <param name="required">Those that the header must have.</param>
    public static FeedNode Read(
        ReadOnlySpan<byte> content,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> required
    )
    {
        var table = new CsvTable(FeedEncoding.Decode(content));
        var places = HeaderOf(table.ReadLine(), columns, required);
        var lines = new FeedNode(FeedNodeKind.List, 1, 1);
        while (!table.AtEnd)
        {
            if (table.ReadLine() is { } values && !values.TrueForAll(value => value.Text.Length == 0))
            {
                lines.Items.Add(LineOf(values, places));
            }
        }

        return lines;
    }

    private readonly bool AtEnd => _at >= _text.Length;

    private static List<string> HeaderOf(
        List<FeedNode> names,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> required
    )
    {
        var places = new List<string>();
        // A spreadsheet leaves separators behind.
        while (names is [.., { Text: "" }])
        {
            names.RemoveAt(names.Count - 1);
        }

        foreach (var name in names)
        {
            var column = columns.FirstOrDefault(column => Plain(column) == Plain(name.Text));
            if (column is null)
            {
                var known = string.Join(", ", columns);
                var shown = FeedDates.Shorten(name.Text);
                throw Unreadable(name, $"The header names '{shown}', which is no column. The columns are {known}.");
            }

            if (places.Contains(column))
            {
                throw Unreadable(name, $"The header names the column {column} twice.");
            }

            places.Add(column);
        }

        return required.FirstOrDefault(column => !places.Contains(column)) is { } lacking
            ? throw JsonTree.Unreadable(1, 1, $"The header lacks the column {lacking}.")
            : places;
    }

    private static FeedNode LineOf(List<FeedNode> values, List<string> places)
    {
        var line = new FeedNode(FeedNodeKind.Map, values[0].Line, values[0].Column);
        for (var place = 0; place < values.Count; place++)
        {
            if (place < places.Count)
            {
                line.Members[places[place]] = values[place];
            }
            else if (values[place].Text.Length > 0)
            {
                throw Unreadable(
                    values[place],
                    $"The line has more values than the header's {places.Count} columns. Is a quotation mark missing?"
                );
            }
        }

        return line;
    }

    private List<FeedNode> ReadLine()
    {
        var values = new List<FeedNode>();
        do
        {
            values.Add(ReadValue());
        } while (TakeSeparator());

        return values;
    }

    private bool TakeSeparator()
    {
        if (AtEnd)
        {
            return false;
        }

        var letter = _text[_at++];
        if (letter == _separator)
        {
            return true;
        }

        if (letter is '\r' && !AtEnd && _text[_at] is '\n')
        {
            _at++;
        }

        (_line, _lineStart) = (_line + 1, _at);
        return false;
    }

    private FeedNode ReadValue()
    {
        var (line, column) = (_line, _at - _lineStart + 1);
        if (++_values > FeedLimits.MostNodes)
        {
            throw JsonTree.Unreadable(line, column, $"The file holds more than {FeedLimits.MostNodes} values.");
        }

        var text = !AtEnd && _text[_at] is '"' ? ReadQuoted(line, column) : ReadBare();
        return new FeedNode(text.Length > 0 ? FeedNodeKind.Text : FeedNodeKind.Null, line, column) { Text = text };
    }

    private string ReadBare()
    {
        var length = _text.AsSpan(_at).IndexOfAny(_separator, '\r', '\n');
        var text = length < 0 ? _text[_at..] : _text.Substring(_at, length);
        _at += text.Length;
        return text.Trim();
    }

    private string ReadQuoted(int line, int column)
    {
        var text = new StringBuilder();
        for (_at++; !AtEnd; _at++)
        {
            var letter = _text[_at];
            if (letter is '"' && !IsEnd(_at + 1) && _text[_at + 1] is '"')
            {
                _at++;
            }
            else if (letter is '"')
            {
                _at++;
                return IsEnd(_at)
                    ? text.ToString().Trim()
                    : throw JsonTree.Unreadable(
                        _line,
                        _at - _lineStart + 1,
                        "Behind a closing quotation mark a separator is expected. Write a mark in a value twice."
                    );
            }

            if (text.Append(letter).Length > FeedLimits.LongestValue)
            {
                throw JsonTree.Unreadable(line, column, "The value does not end. Is a quotation mark missing?");
            }

            if (letter is '\n')
            {
                (_line, _lineStart) = (_line + 1, _at + 1);
            }
        }

        throw JsonTree.Unreadable(line, column, "The quotation mark that begins here is never closed.");
    }

    private readonly bool IsEnd(int at) => at >= _text.Length || _text[at] == _separator || _text[at] is '\r' or '\n';

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static FeedUnreadableException Unreadable(FeedNode at, string message) =>
        JsonTree.Unreadable(at.Line, at.Column, message);
}
