using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Picket.Server.Console;

/// <summary>
/// What the console says, in the reader's language. The English text stands where it is used and is the key: a text that
/// nobody has translated yet is shown in English. <c>Texts.resx</c> lists them all, for translators.
/// </summary>
public static partial class Texts
{
    /// <summary>The language in which each text shows that it can be translated: <c>⟦text⟧</c>.</summary>
    public const string Pseudo = "qps-ploc";

    /// <summary>The reader's, for <c>lang</c>.</summary>
    public static string Language => CultureInfo.CurrentUICulture.Name;

    private static readonly ResourceManager Translations = new(typeof(Texts).FullName!, typeof(Texts).Assembly);

    public static string T(string english) =>
        Language.Equals(Pseudo, StringComparison.OrdinalIgnoreCase)
            ? $"⟦{english}⟧"
            : Translations.GetString(Name(english), CultureInfo.CurrentUICulture) ?? english;

    /// <summary>A sentence with values in it, at the places <c>{0}</c>, <c>{1}</c>, which a translation may reorder.</summary>
    public static string T(string english, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, T(english), values);

    /// <summary>A sentence with markup in it: <c>@(T("Linked to {0}.", @&lt;bdi&gt;@name&lt;/bdi&gt;))</c>.</summary>
    public static RenderFragment T(string english, params RenderFragment[] parts) =>
        builder =>
        {
            var text = T(english);
            var told = 0;
            foreach (Match place in Place().Matches(text))
            {
                builder.AddContent(0, text[told..place.Index]);
                builder.AddContent(1, parts[int.Parse(place.ValueSpan[1..^1], CultureInfo.InvariantCulture)]);
                told = place.Index + place.Length;
            }

            builder.AddContent(2, text[told..]);
        };

    /// <summary>The resource of a text. Names of resources that differ in case alone are one, and "ended" is not "Ended".</summary>
    public static string Name(string english) => char.IsLower(english[0]) ? $"~{english}" : english;

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
