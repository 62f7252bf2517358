using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Picket.Cli.Output;

/// <summary>Where people read: tables and lists without lines, so that they can be read, copied and piped.</summary>
internal sealed class Screen(IAnsiConsole console, TimeProvider time)
{
    private readonly DateTimeOffset _now = time.GetUtcNow();

    public int Width => console.Profile.Width;

    public bool IsTerminal => console.Profile.Capabilities.Ansi;

    public void Rows<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var all = rows.ToList();
        var cells = all.ConvertAll(row => columns.Select(column => OneLine(column.Value(row))).ToArray());
        var widths = TableLayout.Fit(
            [.. columns.Select((column, i) => cells.Select(row => Cells(row[i])).Append(column.Title.Length).Max())],
            [.. columns.Select(column => (column.Exact, column.Wide))],
            Width
        );
        var right = columns
            .Select(column => all.Count > 0 && all.All(row => column.Value(row) is var value && Number(value)))
            .ToArray();
        Write(columns.Select((column, i) => (Fill(column.Title, widths[i], right[i]), Palette.Strong)), widths);
        for (var row = 0; row < all.Count; row++)
            Write(
                columns.Select(
                    (column, i) =>
                        (Fill(cells[row][i], widths[i], right[i]), column.Style?.Invoke(all[row]) ?? Style.Plain)
                ),
                widths
            );
    }

    /// <summary>Name and value per line; absent values are left out.</summary>
    public void Pairs(params IEnumerable<(string Name, object? Value)> pairs)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in pairs)
        {
            var (plain, style) = value is Styled styled ? (styled.Value, styled.Style) : (value, Style.Plain);
            var text = Cell.Long(plain, _now);
            if (text.Length > 0)
                grid.AddRow(new Text(Cell.Clean(name), Palette.Quiet), new Text(text, style));
        }
        console.Write(grid);
    }

    public void Heading(string text)
    {
        Line();
        Line(text, Palette.Strong);
    }

    public void Line(string text = "", Style? style = null)
    {
        console.Write(new Text(Cell.Clean(text), style));
        console.WriteLine();
    }

    public void Write(IRenderable what) => console.Write(what);

    private void Write(IEnumerable<(string Text, Style Style)> cells, int[] widths)
    {
        var line = new Paragraph();
        var first = true;
        foreach (var ((text, style), width) in cells.Zip(widths))
        {
            if (width == 0)
                continue;
            if (!first)
                line.Append(new string(' ', TableLayout.Gap));
            line.Append(text, style);
            first = false;
        }
        console.Write(line);
        console.WriteLine();
    }

    private string OneLine(object? value) => Cell.Short(value, _now).Replace('\n', ' ');

    private static bool Number(object? value) => value is null || Cell.IsNumber(value);

    private static string Fill(string text, int width, bool right)
    {
        if (width == 0)
            return "";
        var shown = Cells(text) <= width ? text : Cut(text, width - 1) + "…";
        var blanks = new string(' ', width - Cells(shown));
        return right ? blanks + shown : shown + blanks;
    }

    private static string Cut(string text, int width)
    {
        var kept = new StringBuilder();
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext() && Cells(kept.ToString() + letters.Current) <= width)
            kept.Append(letters.Current);
        return kept.ToString().TrimEnd();
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}

/// <summary>A value with a colour.</summary>
internal sealed record Styled(object? Value, Style Style);
