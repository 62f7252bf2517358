using System.Text.RegularExpressions;
using System.Xml.Linq;
using Picket.Server.Console;

namespace Picket.Architecture.Tests;

/// <summary>The texts of the console: as its sources name them, and as <c>Texts.resx</c> lists them.</summary>
internal static partial class Catalogue
{
    /// <summary>The text that <c>T</c> is called with, of each call. What is no literal is given as it is written.</summary>
    public static IEnumerable<(string Text, bool IsLiteral, string File)> Calls() =>
        from file in Repository
            .Sources("src/Picket.Server", "*.cs")
            .Concat(Repository.Sources("src/Picket.Server", "*.razor"))
        where Path.GetFileName(file) != "Texts.cs"
        from Match call in Call().Matches(File.ReadAllText(file))
        let literal = call.Groups["text"]
        let text = literal.Success ? Regex.Unescape(literal.Value) : call.Value
        select (text, literal.Success, Repository.Relative(file));

    public static IReadOnlyDictionary<string, string> Read(string file) =>
        XDocument
            .Load(file)
            .Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    /// <summary>The catalogue, and the translations beside it.</summary>
    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "Texts*.resx");

    public static string English { get; } = Repository.File("src", "Picket.Server", "Console", "Texts.resx");

    public static void Write(IEnumerable<string> texts)
    {
        XElement[] headers =
        [
            Header("resmimetype", "text/microsoft-resx"),
            Header("version", "2.0"),
            Header("reader", "System.Resources.ResXResourceReader, System.Windows.Forms"),
            Header("writer", "System.Resources.ResXResourceWriter, System.Windows.Forms"),
        ];
        var rows = texts
            .Select(text => (Name: Texts.Name(text), Text: text))
            .OrderBy(row => row.Name, StringComparer.Ordinal)
            .Select(row => new XElement(
                "data",
                new XAttribute("name", row.Name),
                new XAttribute(XNamespace.Xml + "space", "preserve"),
                new XElement("value", row.Text)
            ));
        File.WriteAllText(
            English,
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Made by eng/texts from the sources. A translation is a copy of it, Texts.de.resx, with other values. -->
            {new XElement("root", headers, rows)}

            """.ReplaceLineEndings("\n")
        );
    }

    private static string Folder => Path.GetDirectoryName(English)!;

    private static XElement Header(string name, string value) =>
        new("resheader", new XAttribute("name", name), new XElement("value", value));

    [GeneratedRegex("""(?<![\w.>"])T\(\s*("(?<text>(\\.|[^"\\])*)"\s*[,)]|\S+)""")]
    private static partial Regex Call();
}
