using System.Text;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Reads a pattern piece by piece; blanks between pieces mean nothing.</summary>
internal ref struct StixScanner(string pattern)
{
    private const string PathLetters = ":._-*[]'";

    public int Position { get; private set; }

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return Position >= pattern.Length;
        }
    }

    public bool Take(char wanted)
    {
        if (AtEnd || pattern[Position] != wanted)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TakeWord(string word)
    {
        if (AtEnd || !pattern.AsSpan(Position).StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var end = Position + word.Length;
        if (end < pattern.Length && char.IsLetterOrDigit(pattern[end]))
        {
            return false;
        }

        Position = end;
        return true;
    }

    /// <summary>Operators that are not an equality are read too; they make the pattern a compound.</summary>
    public bool TakeOperator(out bool isEquality)
    {
        isEquality = false;
        if (AtEnd)
        {
            return false;
        }

        var start = Position;
        while (Position < pattern.Length && "=!<>".Contains(pattern[Position], StringComparison.Ordinal))
        {
            Position++;
        }

        var taken = pattern.AsSpan(start, Position - start);
        isEquality = taken is "=" or "==";
        return isEquality || taken is "!=" or "<" or ">" or "<=" or ">=";
    }

    /// <summary>Such as <c>file:hashes.'SHA-256'</c>; quotes belong to it.</summary>
    public string? ReadPath()
    {
        var start = AtEnd ? pattern.Length : Position;
        var quoted = false;
        while (Position < pattern.Length && (quoted || IsPathLetter(pattern[Position])))
        {
            quoted ^= pattern[Position] == '\'';
            Position++;
        }

        var path = pattern[start..Position];
        return path.Contains(':', StringComparison.Ordinal) && !quoted ? path : null;
    }

    /// <summary>A quoted text with its escapes undone, or a bare number or word.</summary>
    public string? ReadValue()
    {
        if (AtEnd)
        {
            return null;
        }

        return pattern[Position] == '\'' ? ReadQuoted() : ReadBare();
    }

    /// <summary>To the end, which must leave no quote or bracket open.</summary>
    public bool SkipBalanced()
    {
        var start = Position;
        var depth = 0;
        while (!AtEnd)
        {
            var letter = pattern[Position];
            if (letter == '\'')
            {
                if (ReadQuoted() is null)
                {
                    return false;
                }

                continue;
            }

            depth +=
                letter is '[' or '(' ? 1
                : letter is ']' or ')' ? -1
                : 0;
            Position++;
        }

        return depth == 0 && Position > start;
    }

    private string? ReadQuoted()
    {
        var text = new StringBuilder();
        for (var at = Position + 1; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (letter == '\'')
            {
                Position = at + 1;
                return text.ToString();
            }

            if (letter == '\\' && at + 1 < pattern.Length)
            {
                letter = pattern[++at];
            }

            text.Append(letter);
        }

        return null;
    }

    private string? ReadBare()
    {
        var start = Position;
        while (
            Position < pattern.Length && (char.IsLetterOrDigit(pattern[Position]) || pattern[Position] is '.' or '-')
        )
        {
            Position++;
        }

        return Position > start ? pattern[start..Position] : null;
    }

    private static bool IsPathLetter(char letter) =>
        char.IsLetterOrDigit(letter) || PathLetters.Contains(letter, StringComparison.Ordinal);

    private void SkipBlanks()
    {
        while (Position < pattern.Length && char.IsWhiteSpace(pattern[Position]))
        {
            Position++;
        }
    }
}
