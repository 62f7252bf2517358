namespace Picket.Core.Intelligence.Formats;

/// <summary>Ends the reading of a file that cannot be read on; never leaves the parsers.</summary>
internal sealed class FeedUnreadableException(FeedError error) : Exception(error.ToString())
{
    public FeedError Error { get; } = error;
}

/// <summary>Collects what is wrong with a file, up to a bound, so that all of it can be mended at once.</summary>
internal sealed class FeedErrors
{
    private readonly List<FeedError> _errors = [];

    public bool Any => _errors.Count > 0;

    public IReadOnlyList<FeedError> All => _errors;

    /// <summary>The file inside the file that is being read; lines are those of that one.</summary>
    public string? Within { get; set; }

    public FeedError Placed(FeedError error) =>
        Within is { } name ? error with { Message = $"{FeedDates.Shorten(name)}: {error.Message}" } : error;

    public void Add(FeedNode at, string message)
    {
        if (_errors.Count == FeedLimits.MostErrors)
        {
            throw new FeedUnreadableException(new FeedError(at.Line, at.Column, "More errors follow."));
        }

        _errors.Add(Placed(new FeedError(at.Line, at.Column, message)));
    }

    /// <summary>Null, with an error, when it is not a map.</summary>
    public bool IsMap(FeedNode node, string what) => Is(node, FeedNodeKind.Map, what, "an object");

    public bool IsList(FeedNode node, string what) => Is(node, FeedNodeKind.List, what, "a list");

    public IReadOnlyList<FeedNode> List(FeedNode parent, string name, bool required = false)
    {
        if (parent[name] is not { } node)
        {
            if (required)
            {
                Add(parent, $"'{name}' is missing.");
            }

            return [];
        }

        return IsList(node, $"'{name}'") ? node.Items : [];
    }

    public string? Text(FeedNode parent, string name, bool required = false)
    {
        if (parent[name] is { } node)
        {
            return TextOf(node, $"'{name}'");
        }

        if (required)
        {
            Add(parent, $"'{name}' is missing.");
        }

        return null;
    }

    public string? TextOf(FeedNode node, string what)
    {
        if (!Is(node, FeedNodeKind.Text, what, "a text"))
        {
            return null;
        }

        if (node.Text.Length <= FeedLimits.LongestValue)
        {
            return node.Text.Trim();
        }

        Add(node, $"{what} is longer than {FeedLimits.LongestValue} characters.");
        return null;
    }

    public IEnumerable<(FeedNode Node, string Text)> Texts(FeedNode parent, string name)
    {
        foreach (var item in List(parent, name))
        {
            if (TextOf(item, $"An entry of '{name}'") is { Length: > 0 } text)
            {
                yield return (item, text);
            }
        }
    }

    private bool Is(FeedNode node, FeedNodeKind kind, string what, string expected)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        Add(node, $"{what} must be {expected}.");
        return false;
    }
}
