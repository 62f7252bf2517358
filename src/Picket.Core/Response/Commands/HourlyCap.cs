namespace Picket.Core.Response;

/// <summary>How many locks, wipes or messages may go out within an hour.</summary>
public static class HourlyCap
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <param name="sent">When such commands were sent, also those whose outcome nobody knows.</param>
    /// <param name="most">So many within an hour; 0 lets none go.</param>
    /// <returns>When the next one may go; null for now.</returns>
    public static DateTimeOffset? NextAt(IEnumerable<DateTimeOffset> sent, int most, DateTimeOffset now)
    {
        var recent = sent.Where(at => at > now - Window).Order().ToList();
        return recent.Count < most ? null
            : most == 0 ? now + Window
            : recent[^most] + Window;
    }
}
