using System.Text;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>Makes remote text fit for messages and logs: one line, bounded, and without our own secrets echoed back.</summary>
internal sealed class Redactor(IEnumerable<string?> secrets)
{
    private const int MaxLength = 300;

    // Tokens come and go; those of the last hours may still be echoed.
    private const int TokensKept = 8;

    // Very short secrets would blank out half of every message and reveal themselves by it.
    private readonly string[] secrets =
    [
        .. secrets.OfType<string>().Where(secret => secret.Length >= 4).OrderByDescending(secret => secret.Length),
    ];

    private volatile string[] tokens = [];

    /// <summary>Adds a secret that was not known from the start: an access token. One caller at a time.</summary>
    public void Add(string token) => tokens = [token, .. tokens.Take(TokensKept - 1)];

    public string Clean(string? text)
    {
        var clean = text ?? "";
        foreach (var secret in (string[])[.. tokens, .. secrets])
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
