namespace Picket.Core.Notices;

/// <summary>Something that is not as it should be, for as long as it lasts.</summary>
/// <param name="Key">The same while it is the same trouble, and another one when it comes back for another reason.</param>
/// <param name="Kind">What subscriptions speak of.</param>
/// <param name="Integration">Of which; null where it is of all together.</param>
/// <param name="Title">In one line, without names of people or their apps.</param>
/// <param name="Text">What to do next.</param>
/// <param name="Page">Of the console, where it is done.</param>
public sealed record NoticeCondition(
    string Key,
    string Kind,
    Guid? Integration,
    string Title,
    string Text,
    string Page
);

/// <summary>A channel as far as it matters here.</summary>
/// <param name="Integration">The only one that it tells of; null for everything.</param>
/// <param name="Kinds">What it tells.</param>
public sealed record NoticeSubscriber(Guid Id, Guid? Integration, IReadOnlyCollection<string> Kinds)
{
    /// <summary>What is of all integrations together is only for channels of everything.</summary>
    public bool Wants(string kind, Guid? integration) =>
        Kinds.Contains(kind) && (Integration is null || Integration == integration);
}

/// <summary>What began and what ended, from what is true now and what was known: one notice for one condition while it lasts.</summary>
/// <param name="Began">True now, and not known yet.</param>
/// <param name="Ended">Keys that were known, and are not true any more.</param>
public sealed record NoticePlan(IReadOnlyList<NoticeCondition> Began, IReadOnlyList<string> Ended)
{
    /// <param name="known">Keys of the conditions that lasted until now.</param>
    public static NoticePlan Of(IEnumerable<NoticeCondition> now, IReadOnlyCollection<string> known)
    {
        var current = new Dictionary<string, NoticeCondition>();
        foreach (var condition in now)
        {
            current.TryAdd(condition.Key, condition);
        }

        return new NoticePlan(
            [.. current.Values.Where(condition => !known.Contains(condition.Key))],
            [.. known.Where(key => !current.ContainsKey(key))]
        );
    }
}
