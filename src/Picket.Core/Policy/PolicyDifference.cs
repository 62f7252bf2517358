namespace Picket.Core.Policy;

/// <summary>One thing that differs between two documents.</summary>
/// <param name="What">The policy or exception, and which value of it.</param>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is not there any more.</param>
public sealed record PolicyDifference(string What, string? Before, string? After)
{
    /// <summary>The order of the documents' parts is no difference: it means nothing.</summary>
    public static IReadOnlyList<PolicyDifference> Between(PolicyDocument before, PolicyDocument after)
    {
        var old = Entries(before);
        var now = Entries(after);
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
                .Order(StringComparer.Ordinal)
                .Select(key => new PolicyDifference(key, old.GetValueOrDefault(key), now.GetValueOrDefault(key))),
        ];
    }

    private static SortedDictionary<string, string> Entries(PolicyDocument document)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, answer) in DriftSection.Of(document.Drift))
        {
            entries[$"drift: {name}"] = answer;
        }

        foreach (var policy in document.Policies)
        {
            var name = $"policy {policy.Name}";
            entries[$"{name}: group"] = policy.Scope.Group.Text;
            entries[$"{name}: priority"] = $"{policy.Priority}";
            if (!policy.Scope.When.IsEmpty)
            {
                entries[$"{name}: when"] = $"{policy.Scope.When}";
            }

            foreach (var value in PolicyValues.Of(policy.Values))
            {
                entries[$"{name}: {value.Name}"] = value.Text;
            }
        }

        foreach (var exception in document.Exceptions)
        {
            var name = $"exception {exception.Name}";
            entries[$"{name}: what"] = exception.What;
            entries[$"{name}: scope"] = exception.Where;
            entries[$"{name}: owner"] = exception.Owner;
            entries[$"{name}: reason"] = exception.Reason;
            entries[$"{name}: ends"] = exception.EndsText;
        }

        foreach (var set in document.TagSets)
        {
            // Their order means something: of several lines that fit the first one counts.
            foreach (var (place, line) in set.Lines.Index())
            {
                entries[$"tags {set.Name}: line {place + 1, 2}"] = $"{line.Tag}: {line.Rule}";
            }
        }

        foreach (var (place, line) in document.Messages.Index())
        {
            entries[$"messages: line {place + 1, 2}"] = line.Rule;
        }

        return entries;
    }
}
