using System.Security.Authentication;
using System.Text;
using Picket.Server.Hosting;

namespace Picket.Server.Notices;

/// <summary>What came of one try.</summary>
/// <param name="Text">For the list of deliveries.</param>
/// <param name="Delivered">The other side took it.</param>
/// <param name="Final">It would be refused again: no other try.</param>
/// <param name="Off">Why the whole channel is switched off.</param>
/// <param name="Wait">How long the other side asked to be left alone.</param>
internal sealed record NoticeAnswer(
    string Text,
    bool Delivered = false,
    bool Final = false,
    string? Off = null,
    TimeSpan? Wait = null
)
{
    public const int MostOfBody = 200;
    private const int Longest = 300;

    public string Shown => Cut(Text, Longest);

    /// <summary>What the other side wrote, as one line that can be shown anywhere.</summary>
    public static string Cut(string text, int longest)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > longest - 1)
            {
                return line.Append('…').ToString();
            }

            var shown = !Rune.IsControl(rune) && !IsFormat(rune);
            line.Append(shown ? rune.ToString() : " ");
        }

        return line.ToString().Trim();
    }

    public static NoticeAnswer Unreachable(string host, Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutboundRefusedException)
            {
                return new(cause.Message);
            }

            if (cause is AuthenticationException)
            {
                return new(
                    $"The certificate of {host} is not trusted. If a CA of your own vouches for it, give that CA's certificate with the channel."
                );
            }
        }

        return new($"{host} could not be reached: {failure.Message}");
    }

    private static bool IsFormat(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
