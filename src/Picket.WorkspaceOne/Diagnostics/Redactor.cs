using System.Text;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>Makes remote text fit for messages and logs: one line, bounded, and without our own secrets echoed back.</summary>
internal sealed class Redactor(IEnumerable<string?> secrets)
{
    private const int MaxLength = 300;

    // Very short secrets would blank out half of every message and reveal themselves by it.
    private readonly string[] secrets =
    [
        .. secrets.OfType<string>().Where(secret => secret.Length >= 4).OrderByDescending(secret => secret.Length),
    ];

    public string Clean(string? text)
    {
        var clean = text ?? "";
        foreach (var secret in secrets)
        {
            clean = clean.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        return OneLine(clean);
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var letter in text)
        {
            if (line.Length == MaxLength)
            {
                return line.Append('…').ToString();
            }

            var blank = char.IsControl(letter) || char.IsWhiteSpace(letter);
            if (!blank)
            {
                line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
