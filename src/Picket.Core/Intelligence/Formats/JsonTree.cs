using System.Text.Json;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Reads JSON into nodes with places. Refuses what strict readers refuse, duplicate names and deep nesting.</summary>
internal static class JsonTree
{
    private static readonly JsonReaderOptions Options = new()
    {
        // Ours is checked first and says where; this one is the net below it.
        MaxDepth = FeedLimits.DeepestNesting + 1,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    private static readonly JsonReaderOptions Many = Options with { AllowMultipleValues = true };

    public static FeedNode Read(ReadOnlySpan<byte> content)
    {
        FeedNode? root = null;
        Read(content, Options, value => root = value);
        return root!;
    }

    /// <summary>One value after the other, such as one on each line. Only one of them is held at a time.</summary>
    public static void ReadEach(ReadOnlySpan<byte> content, Action<FeedNode> take) => Read(content, Many, take);

    private static void Read(ReadOnlySpan<byte> content, JsonReaderOptions options, Action<FeedNode> take)
    {
        var json = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        var reader = new Utf8JsonReader(json, options);
        var place = new Place(json);
        try
        {
            if (!reader.Read())
            {
                throw Unreadable(1, 1, "The file is empty.");
            }

            do
            {
                take(ReadValue(ref reader, ref place, 1));
            } while (reader.Read());
        }
        catch (JsonException exception)
        {
            throw Unreadable(
                (int)(exception.LineNumber ?? 0) + 1,
                (int)(exception.BytePositionInLine ?? 0) + 1,
                "This is not valid JSON here."
            );
        }
        catch (InvalidOperationException)
        {
            // Texts with broken UTF-8 or lone surrogates.
            place.MoveTo(reader.TokenStartIndex);
            throw Unreadable(place.Line, place.Column, "This text is not valid Unicode.");
        }
    }

    private static FeedNode ReadValue(ref Utf8JsonReader reader, ref Place place, int depth)
    {
        place.MoveTo(reader.TokenStartIndex);
        place.Count(depth);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(ref reader, ref place, depth);
            case JsonTokenType.StartArray:
                return ReadList(ref reader, ref place, depth);
            case JsonTokenType.Null:
                return new FeedNode(FeedNodeKind.Null, place.Line, place.Column);
            default:
                return new FeedNode(FeedNodeKind.Text, place.Line, place.Column) { Text = TextOf(ref reader) };
        }
    }

    private static FeedNode ReadMap(ref Utf8JsonReader reader, ref Place place, int depth)
    {
        var map = new FeedNode(FeedNodeKind.Map, place.Line, place.Column);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            place.MoveTo(reader.TokenStartIndex);
            var (line, column) = (place.Line, place.Column);
            var name = reader.GetString()!;
            reader.Read();
            if (!map.Members.TryAdd(name, ReadValue(ref reader, ref place, depth + 1)))
            {
                throw Unreadable(line, column, $"The name '{FeedDates.Shorten(name)}' occurs twice in this object.");
            }
        }

        return map;
    }

    private static FeedNode ReadList(ref Utf8JsonReader reader, ref Place place, int depth)
    {
        var list = new FeedNode(FeedNodeKind.List, place.Line, place.Column);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            list.Items.Add(ReadValue(ref reader, ref place, depth + 1));
        }

        return list;
    }

    private static string TextOf(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        };

    internal static FeedUnreadableException Unreadable(int line, int column, string message) =>
        new(new FeedError(line, column, message));

    /// <summary>Turns byte offsets, which only grow, into lines and columns.</summary>
    private ref struct Place(ReadOnlySpan<byte> content)
    {
        private readonly ReadOnlySpan<byte> _content = content;
        private int _offset;
        private int _lineStart;
        private int _nodes;

        public int Line { get; private set; } = 1;

        public readonly int Column => _offset - _lineStart + 1;

        public void MoveTo(long offset)
        {
            var passed = _content[_offset..(int)offset];
            for (var next = passed.IndexOf((byte)'\n'); next >= 0; next = passed.IndexOf((byte)'\n'))
            {
                Line++;
                _offset += next + 1;
                _lineStart = _offset;
                passed = passed[(next + 1)..];
            }

            _offset = (int)offset;
        }

        public void Count(int depth)
        {
            if (++_nodes > FeedLimits.MostNodes)
            {
                throw Unreadable(Line, Column, $"The file holds more than {FeedLimits.MostNodes} values.");
            }

            if (depth > FeedLimits.DeepestNesting)
            {
                throw Unreadable(Line, Column, $"Values are nested deeper than {FeedLimits.DeepestNesting}.");
            }
        }
    }
}
