using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Tables and lists of name and value, without lines, so that they can be read, copied and piped.</summary>
internal static class Tables
{
    public static Table Of<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(
                new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
                {
                    NoWrap = column.Exact,
                    Padding = new Padding(0, 0, 2, 0),
                }
            );
        foreach (var row in rows)
            table.AddRow(columns.Select(column => new Text(Cell.Clean(column.Value(row)))));
        return table;
    }

    /// <summary>Name and value per line; absent values are left out.</summary>
    public static Grid Pairs(params IEnumerable<(string Name, string? Value)> pairs)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in pairs)
        {
            if (!string.IsNullOrEmpty(value))
                grid.AddRow(new Text(name), new Text(Cell.Clean(value, keepLines: true)));
        }
        return grid;
    }

    public static void Heading(this IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.Write(new Text(Cell.Clean(text), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }
}
