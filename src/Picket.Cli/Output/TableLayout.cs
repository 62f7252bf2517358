namespace Picket.Cli.Output;

/// <summary>How wide each column of a table may be; 0 for a column that is left out.</summary>
internal static class TableLayout
{
    public const int Gap = 2;
    private const int Least = 10;

    /// <param name="natural">The widest cell of each column, its title included.</param>
    /// <param name="columns">Whether a column may be cut, and whether it may be left out.</param>
    public static int[] Fit(IReadOnlyList<int> natural, IReadOnlyList<(bool Exact, bool Wide)> columns, int width)
    {
        int[] widths = [.. natural];
        for (var i = columns.Count - 1; i >= 0 && Total(widths) > width; i--)
        {
            if (columns[i].Wide)
                widths[i] = 0;
        }
        // Column by column the widest gives way, so that short ones stay whole.
        while (Total(widths) > width && Widest(widths, columns) is { } widest)
            widths[widest]--;
        return widths;
    }

    private static int Total(int[] widths) => widths.Where(each => each > 0).Sum(each => each + Gap) - Gap;

    private static int? Widest(int[] widths, IReadOnlyList<(bool Exact, bool Wide)> columns) =>
        Enumerable
            .Range(0, widths.Length)
            .Where(i => !columns[i].Exact && widths[i] > Least)
            .OrderByDescending(i => widths[i])
            .Select(i => (int?)i)
            .FirstOrDefault();
}
