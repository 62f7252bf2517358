using System.Globalization;

namespace Picket.Server.Hosting;

/// <summary>Lines of a file for spreadsheets. A cell that a spreadsheet could take for a formula is made text.</summary>
internal static class CsvText
{
    private const string FormulaSigns = "=+-@＝＋－＠";

    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var safe = IsFormula(text) ? "'" + text : text ?? "";
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Spreadsheets look past what cannot be seen and past quotes; some make half-width what is full-width.</summary>
    private static bool IsFormula(string? text) =>
        !string.IsNullOrEmpty(text)
        && (char.IsControl(text[0]) || FormulaSigns.Contains(text.FirstOrDefault(sign => !IsPassedOver(sign))));

    private static bool IsPassedOver(char sign) =>
        char.IsWhiteSpace(sign)
        || char.IsControl(sign)
        || char.GetUnicodeCategory(sign) is UnicodeCategory.Format
        || sign is '"' or '\'' or '‘' or '’' or '“' or '”' or '`';
}
