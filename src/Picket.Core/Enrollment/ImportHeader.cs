namespace Picket.Core.Enrollment;

/// <summary>Which column of a file stands where.</summary>
public sealed class ImportHeader
{
    private readonly Dictionary<ImportColumn, int> places;

    private ImportHeader(ImportKind kind, int width, Dictionary<ImportColumn, int> places) =>
        (Kind, Width, this.places) = (kind, width, places);

    public ImportKind Kind { get; }

    /// <summary>How many values a line has.</summary>
    public int Width { get; }

    /// <summary>Reads the first line. An unknown column is a mistake, too: what is misspelled would be left out silently.</summary>
    public static (ImportHeader? Header, IReadOnlyList<ImportMistake> Mistakes) Read(
        ImportKind kind,
        IReadOnlyList<string> names
    )
    {
        names = [.. names.Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse()]; // What a spreadsheet leaves behind.
        var known = ImportColumns.Of(kind).ToDictionary(column => Plain(column.Name));
        var places = new Dictionary<ImportColumn, int>();
        var mistakes = new List<ImportMistake>();
        for (var place = 0; place < names.Count; place++)
        {
            if (!known.TryGetValue(Plain(names[place]), out var column))
            {
                mistakes.Add(new(1, null, Unknown(kind, names[place], place)));
            }
            else if (!places.TryAdd(column, place))
            {
                mistakes.Add(new(1, column.Name, "The header has this column twice."));
            }
        }

        mistakes.AddRange(
            known
                .Values.Where(column => column.Required && !places.ContainsKey(column))
                .Select(column => new ImportMistake(1, column.Name, "The header lacks this column."))
        );
        return mistakes.Count > 0 ? (null, mistakes) : (new(kind, names.Count, places), []);
    }

    /// <summary>A value without the blanks around it; null where there is none.</summary>
    internal string? Value(IReadOnlyList<string> fields, ImportColumn column) =>
        places.TryGetValue(column, out var place)
        && place < fields.Count
        && fields[place].Trim() is { Length: > 0 } value
            ? value
            : null;

    private static string Unknown(ImportKind kind, string name, int place)
    {
        var columns = string.Join(", ", ImportColumns.Of(kind).Select(column => column.Name));
        return Plain(name).Contains("password", StringComparison.Ordinal)
                ? "Passwords are not taken from files. Leave the column out; the users' directory keeps theirs."
            : string.IsNullOrWhiteSpace(name) ? $"Column {place + 1} has no name. The columns are {columns}."
            : $"\"{Shown(name)}\" is no column of this kind of file. The columns are {columns}.";
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
