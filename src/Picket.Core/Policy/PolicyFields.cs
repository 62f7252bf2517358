using System.Globalization;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>Reads single fields, and collects what is wrong with them.</summary>
/// <param name="ownTags">Names of the tags that Picket itself sets.</param>
internal sealed class PolicyFields(IReadOnlySet<string> ownTags)
{
    private readonly FeedErrors _errors = new();

    private readonly HashSet<string> _own = new(ownTags, StringComparer.OrdinalIgnoreCase);

    public IReadOnlySet<string> OwnTags => _own;

    /// <summary>More tags that Picket is to set.</summary>
    public void Own(IEnumerable<string> names) => _own.UnionWith(names);

    public bool Any => _errors.Any;

    public IReadOnlyList<FeedError> All => _errors.All;

    public void Add(FeedNode at, string message) => _errors.Add(at, message);

    public bool IsMap(FeedNode node, string what, IReadOnlyList<string> allowed)
    {
        if (node.Kind is FeedNodeKind.Null)
        {
            Add(node, $"{what} is empty. It can hold: {Listed(allowed)}.");
            return false;
        }

        if (node.Kind is not FeedNodeKind.Map)
        {
            Add(node, $"{what} must hold fields, each as 'name: value'. They are: {Listed(allowed)}.");
            return false;
        }

        foreach (var (name, value) in node.Members)
        {
            if (!allowed.Contains(name))
            {
                Add(value, $"{what} has no field '{Short(name)}'. It can hold: {Listed(allowed)}.");
            }
        }

        return true;
    }

    /// <summary>The fields of a map whose names are not fixed; null, with a mistake, when it is no map.</summary>
    public IEnumerable<KeyValuePair<string, FeedNode>> Entries(FeedNode parent, string name, string example)
    {
        if (parent[name] is not { } node)
        {
            return [];
        }

        if (node.Kind is FeedNodeKind.Map)
        {
            return node.Members;
        }

        Add(node, $"'{name}' must hold entries such as '{example}'.");
        return [];
    }

    public IReadOnlyList<FeedNode> List(FeedNode parent, string name, int most, bool required = false)
    {
        if (parent[name] is not { } node)
        {
            if (required)
            {
                Add(parent, $"'{name}' is missing.");
            }

            return [];
        }

        if (node.Kind is not FeedNodeKind.List)
        {
            Add(node, $"'{name}' must be a list: each entry begins with '- ', or all stand in [ ].");
            return [];
        }

        if (node.Items.Count > most)
        {
            Add(node, $"'{name}' has {node.Items.Count} entries; at most {most} are taken.");
            return [];
        }

        return node.Items;
    }

    public string? Text(FeedNode parent, string name, bool required = false, int longest = PolicyLimits.LongestName)
    {
        if (parent[name] is not { } node)
        {
            if (required)
            {
                Add(parent, $"'{name}' is missing.");
            }

            return null;
        }

        return TextOf(node, $"'{name}'", longest);
    }

    public string? TextOf(FeedNode node, string what, int longest = PolicyLimits.LongestName)
    {
        if (node.Kind is not FeedNodeKind.Text || node.Text.Trim().Length == 0)
        {
            Add(node, $"{what} must be a text.");
            return null;
        }

        var text = node.Text.Trim();
        if (text.Length > longest || text.Any(char.IsControl))
        {
            Add(node, $"{what} must be one line of at most {longest} characters.");
            return null;
        }

        return text;
    }

    public T? Word<T>(FeedNode node, string what, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (node.Kind is FeedNodeKind.Text && words.TryGetValue(node.Text.Trim(), out var value))
        {
            return value;
        }

        Add(node, $"{what} must be one of: {Listed(words.Keys)}.");
        return null;
    }

    public List<T> Words<T>(FeedNode parent, string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        var found = new List<T>();
        foreach (var node in List(parent, name, PolicyLimits.MostNames))
        {
            if (Word(node, $"An entry of '{name}'", words) is { } value)
            {
                found.Add(value);
            }
        }

        return found;
    }

    public int? Days(FeedNode parent, string name) => parent[name] is { } node ? DaysOf(node, $"'{name}'") : null;

    public int? DaysOf(FeedNode node, string what) =>
        DaysOf(node.Kind is FeedNodeKind.Text ? node.Text : "", node, what);

    public int? DaysOf(string text, FeedNode at, string what)
    {
        var trimmed = text.Trim();
        if (
            trimmed.EndsWith('d')
            && int.TryParse(trimmed[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days <= PolicyLimits.MostDays
        )
        {
            return days;
        }

        Add(at, $"{what} must be a number of days from 0d to {PolicyLimits.MostDays}d, such as 7d.");
        return null;
    }

    public FindingKind? Kind(string id, FeedNode at)
    {
        if (FindingKinds.All.FirstOrDefault(kind => kind.Id == id) is { } known)
        {
            return known;
        }

        Add(at, $"There is no finding '{Short(id)}'. There are: {Listed(FindingKinds.All.Select(kind => kind.Id))}.");
        return null;
    }

    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words);
}
