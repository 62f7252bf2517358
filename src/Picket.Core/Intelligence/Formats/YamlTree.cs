using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// Reads YAML into nodes with places, event by event: nothing is ever instantiated from the file. Refuses anchors and
/// aliases (bombs), tags, duplicate keys, deep nesting and a second document.
/// </summary>
internal sealed class YamlTree
{
    private readonly Parser _parser;
    private readonly int _lineOffset;
    private int _nodes;

    private YamlTree(string text, int lineOffset)
    {
        _parser = new Parser(new StringReader(text));
        _lineOffset = lineOffset;
    }

    /// <param name="lineOffset">Lines of the file above <paramref name="content"/>.</param>
    public static FeedNode Read(ReadOnlySpan<byte> content, int lineOffset = 0)
    {
        var text = FeedEncoding.Decode(content);
        RefuseDepth(text, lineOffset);
        var tree = new YamlTree(text, lineOffset);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw tree.Unreadable(exception.Start, "This is not valid YAML here.");
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner throws these on some broken escapes and block scalars.
            throw tree.Unreadable(tree._parser.Current?.End ?? Mark.Empty, "This is not valid YAML from here on.");
        }
    }

    /// <summary>The scanner calls itself for each bracket: a file of a million of them would end the process.</summary>
    private static void RefuseDepth(string text, int lineOffset)
    {
        var line = 1 + lineOffset;
        var open = 0;
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '\n':
                    line++;
                    open = 0;
                    break;
                case '[' or '{':
                    open++;
                    break;
            }

            if (open > FeedLimits.DeepestNesting)
            {
                throw JsonTree.Unreadable(line, 1, "A line opens too many brackets.");
            }
        }
    }

    private FeedNode ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart)
        {
            throw Unreadable(_parser.Current?.Start ?? Mark.Empty, "The file is empty.");
        }

        Next();
        var root = ReadValue(1);
        Next();
        Next();
        if (_parser.Current is not StreamEnd)
        {
            throw Unreadable(_parser.Current!.Start, "A second document follows; one is expected.");
        }

        return root;
    }

    private void Next() => _parser.MoveNext();

    private FeedNode ReadValue(int depth)
    {
        var current = _parser.Current ?? throw Unreadable(Mark.Empty, "The file ends too early.");
        Check(current, depth);
        return current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadList(start, depth),
            MappingStart start => ReadMap(start, depth),
            AnchorAlias => throw Unreadable(current.Start, "Aliases are not accepted."),
            _ => throw Unreadable(current.Start, "A value is expected here."),
        };
    }

    private void Check(ParsingEvent current, int depth)
    {
        if (++_nodes > FeedLimits.MostNodes)
        {
            throw Unreadable(current.Start, $"The file holds more than {FeedLimits.MostNodes} values.");
        }

        if (depth > FeedLimits.DeepestNesting)
        {
            throw Unreadable(current.Start, $"Values are nested deeper than {FeedLimits.DeepestNesting}.");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Unreadable(current.Start, "Anchors are not accepted.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Unreadable(current.Start, "Tags are not accepted.");
        }
    }

    private FeedNode ReadScalar(Scalar scalar)
    {
        var isNull = scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
        return Node(isNull ? FeedNodeKind.Null : FeedNodeKind.Text, scalar.Start, scalar.Value);
    }

    private FeedNode ReadList(SequenceStart start, int depth)
    {
        var list = Node(FeedNodeKind.List, start.Start);
        for (Next(); _parser.Current is not SequenceEnd; Next())
        {
            list.Items.Add(ReadValue(depth + 1));
        }

        return list;
    }

    private FeedNode ReadMap(MappingStart start, int depth)
    {
        var map = Node(FeedNodeKind.Map, start.Start);
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            if (_parser.Current is not Scalar key)
            {
                throw Unreadable(_parser.Current?.Start ?? start.Start, "A key must be a text.");
            }

            Check(key, depth + 1);
            Next();
            if (!map.Members.TryAdd(key.Value, ReadValue(depth + 1)))
            {
                throw Unreadable(key.Start, $"The key '{FeedDates.Shorten(key.Value)}' occurs twice here.");
            }
        }

        return map;
    }

    private FeedNode Node(FeedNodeKind kind, Mark at, string text = "") =>
        new(kind, (int)at.Line + _lineOffset, (int)at.Column) { Text = text };

    private FeedUnreadableException Unreadable(Mark at, string message) =>
        JsonTree.Unreadable(Math.Max(1, (int)at.Line) + _lineOffset, Math.Max(1, (int)at.Column), message);
}
