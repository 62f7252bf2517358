namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>One page of a listing, with whatever the fault script does to it.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Rows, int Number, int Size, int Total)
{
    /// <summary>Whether a page without rows is still a list; else it is 204.</summary>
    public bool EmptyIsList { get; init; }
}

internal static class Paging
{
    public const int Largest = 500;

    public static Page<T> Of<T>(
        ApiCall call,
        IReadOnlyList<T> all,
        string pageName = "page",
        string sizeName = "pagesize"
    )
    {
        var number = Math.Max(0, call.QueryInt(pageName) ?? 0);
        var size = call.QueryInt(sizeName) is > 0 and <= Largest and var asked ? asked : Largest;
        all = call.Listed(all);
        var rows = Slice(all, (long)number * size, size);
        return Disturb(
            call,
            all,
            new Page<T>(rows, number, size, all.Count)
            {
                EmptyIsList = call.Uem.Options.EmptySearches == EmptySearch.EmptyList,
            }
        );
    }

    private static List<T> Slice<T>(IReadOnlyList<T> all, long start, int size)
    {
        var rows = new List<T>();
        for (var at = Math.Max(0, start); at < Math.Min(all.Count, start + size); at++)
        {
            rows.Add(all[(int)at]);
        }

        return rows;
    }

    private static Page<T> Disturb<T>(ApiCall call, IReadOnlyList<T> all, Page<T> page) =>
        call.Disturbance is not { } fault
            ? page
            : fault.Action switch
            {
                // Rows before this page came or went since the page before was read.
                Faults.FaultAction.MoveRows => page with
                {
                    Rows = Slice(all, (long)page.Number * page.Size + (page.Number > 0 ? fault.Rows : 0), page.Size),
                },
                Faults.FaultAction.LyingTotal => page with { Total = Math.Max(0, page.Total + fault.Rows) },
                Faults.FaultAction.Duplicate when page.Rows.Count > 0 => page with
                {
                    Rows = [.. page.Rows, page.Rows[0]],
                },
                _ => page,
            };
}
