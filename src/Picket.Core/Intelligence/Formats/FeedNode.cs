namespace Picket.Core.Intelligence.Formats;

internal enum FeedNodeKind
{
    Null,
    Text,
    List,
    Map,
}

/// <summary>A value of a JSON or YAML file with its place in it. Numbers and booleans are their text.</summary>
internal sealed class FeedNode(FeedNodeKind kind, int line, int column)
{
    private static readonly Dictionary<string, FeedNode> NoMembers = [];

    public FeedNodeKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Text { get; init; } = "";

    public List<FeedNode> Items { get; } = kind is FeedNodeKind.List ? [] : Nothing;

    public Dictionary<string, FeedNode> Members { get; } =
        kind is FeedNodeKind.Map ? new(StringComparer.Ordinal) : NoMembers;

    public FeedNode? this[string name] =>
        Members.TryGetValue(name, out var node) && node.Kind is not FeedNodeKind.Null ? node : null;

    private static readonly List<FeedNode> Nothing = [];
}
