using System.Text;
using System.Text.RegularExpressions;

namespace Picket.Core.Risk;

/// <summary>Makes the names that vendors, UEM and feeds give the same model comparable.</summary>
internal static partial class ModelNames
{
    public static bool IsAppleIdentifier(string? model) => model is not null && AppleIdentifier().IsMatch(model);

    /// <summary>
    /// Lower case, letters, digits and + only, without the maker's name and without storage sizes and colours in
    /// parentheses ("iPhone 13 Pro (128 GB)"). Generations stay: they tell models apart.
    /// </summary>
    public static string Normalise(string name)
    {
        var text = Remark().Replace(name, " ").Trim();
        foreach (var maker in (ReadOnlySpan<string>)["Google ", "Samsung ", "Apple "])
        {
            if (text.StartsWith(maker, StringComparison.OrdinalIgnoreCase))
            {
                text = text[maker.Length..];
            }
        }

        var letters = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || letter is '+')
            {
                letters.Append(char.ToLowerInvariant(letter));
            }
        }

        return letters.ToString();
    }

    [GeneratedRegex("^(iPhone|iPad|iPod)[0-9]{1,3},[0-9]{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex AppleIdentifier();

    [GeneratedRegex("\\([^()]*\\b(GB|TB)\\b[^()]*\\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Remark();
}
