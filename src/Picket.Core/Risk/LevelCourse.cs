namespace Picket.Core.Risk;

/// <summary>
/// The levels of one device at many moments, without judging it at each. Between two edges its facts, its findings and
/// the indicators are the same and only ages move, and they move one way: towards Unknown, then towards worse. So where
/// both ends of a stretch have one level, all between have it; else the stretch is halved.
/// </summary>
public static class LevelCourse
{
    /// <param name="moments">In order.</param>
    /// <param name="edges">When something else than an age changed: a fact, a stored finding, an expiry. In any order.</param>
    /// <param name="levelAt">Null where the device was not in the fleet.</param>
    public static RiskLevel?[] Of(
        IReadOnlyList<DateTimeOffset> moments,
        IEnumerable<DateTimeOffset> edges,
        Func<DateTimeOffset, RiskLevel?> levelAt
    )
    {
        var levels = new RiskLevel?[moments.Count];
        var first = 0;
        foreach (var next in Starts(moments, edges))
        {
            Fill(first, next - 1);
            first = next;
        }

        Fill(first, moments.Count - 1);
        return levels;

        void Fill(int from, int to)
        {
            if (from > to)
            {
                return;
            }

            levels[from] = levelAt(moments[from]);
            levels[to] = from == to ? levels[from] : levelAt(moments[to]);
            Between(from, to);
        }

        void Between(int from, int to)
        {
            if (levels[from] == levels[to])
            {
                levels.AsSpan(from, to - from + 1).Fill(levels[from]);
                return;
            }

            if (to - from < 2)
            {
                return;
            }

            var middle = (from + to) / 2;
            levels[middle] = levelAt(moments[middle]);
            Between(from, middle);
            Between(middle, to);
        }
    }

    /// <summary>The first moments at or after each edge, in order, each once.</summary>
    private static SortedSet<int> Starts(IReadOnlyList<DateTimeOffset> moments, IEnumerable<DateTimeOffset> edges)
    {
        var starts = new SortedSet<int>();
        foreach (var edge in edges)
        {
            var at = 0;
            while (at < moments.Count && moments[at] < edge)
            {
                at++;
            }

            if (at > 0 && at < moments.Count)
            {
                starts.Add(at);
            }
        }

        return starts;
    }
}
