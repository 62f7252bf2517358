using System.Text;
using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>
/// Unknown is a kind of its own, told apart by fact and cause: it stands beside the findings and weighs nothing. Ids are
/// part of the API, as those of findings are: <c>unknown.apps.hidden-by-privacy</c>.
/// </summary>
public static class UnknownKinds
{
    public const string Prefix = "unknown.";

    public static string IdOf(FactName fact, MissingReason cause) => IdOf($"{fact}", $"{cause}");

    /// <summary>Of names as they are stored: a later version may have written others.</summary>
    public static string IdOf(string fact, string cause) => $"{Prefix}{Dashed(fact)}.{Dashed(cause)}";

    /// <summary>"HiddenByPrivacy" is written <c>hidden-by-privacy</c>.</summary>
    private static string Dashed(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
