using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Picket.Core.Intelligence;

/// <summary>
/// Patterns come from strangers' files: they run without backtracking (time linear in the input), and are refused when
/// long or when counted repetition would blow up the automaton.
/// </summary>
public static partial class SafePattern
{
    private const int LongestPattern = 256;
    private const long LargestRepetition = 1_000;

    public static bool TryCompile(
        string pattern,
        [NotNullWhen(true)] out Regex? compiled,
        [NotNullWhen(false)] out string? refusal
    )
    {
        compiled = null;
        refusal = Refuse(pattern);
        if (refusal is not null)
        {
            return false;
        }

        try
        {
            compiled = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            refusal = $"The pattern cannot be used: {exception.Message}";
            return false;
        }
    }

    /// <summary>STIX LIKE: % stands for any run of characters, _ for one.</summary>
    public static string FromLike(string like) =>
        "^" + Regex.Escape(like).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.') + "$";

    private static string? Refuse(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            return $"A pattern has 1 to {LongestPattern} characters; this one has {pattern.Length}.";
        }

        var repetition = 1L;
        foreach (Match count in RepeatCount().Matches(pattern))
        {
            repetition *= long.TryParse(count.Value, out var times) ? Math.Clamp(times, 1, 100_000) : 100_000;
            if (repetition > LargestRepetition)
            {
                return $"The counted repetitions of the pattern multiply to more than {LargestRepetition}.";
            }
        }

        return null;
    }

    [GeneratedRegex("(?<=\\{[0-9]*,?)[0-9]+(?=[0-9]*,?[0-9]*\\})")]
    private static partial Regex RepeatCount();
}
