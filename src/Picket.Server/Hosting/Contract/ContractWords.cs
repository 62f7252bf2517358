using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Picket.Api;

namespace Picket.Server.Hosting.Contract;

/// <summary>
/// The documentation comments of <c>Picket.Api</c>, as its package carries them: the contract is described once, where
/// it is written down, and served from there.
/// </summary>
internal sealed partial class ContractWords
{
    private readonly Dictionary<string, XElement> members;
    private readonly Dictionary<string, string> routes;

    public ContractWords()
    {
        var assembly = typeof(Routes).Assembly;
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        members = File.Exists(file)
            ? XDocument
                .Load(file)
                .Descendants("member")
                .ToDictionary(member => member.Attribute("name")!.Value, member => member)
            : [];
        routes = typeof(Routes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .DistinctBy(field => (string)field.GetRawConstantValue()!)
            .ToDictionary(
                field => (string)field.GetRawConstantValue()!,
                field => Summary($"F:{field.DeclaringType!.FullName}.{field.Name}") ?? ""
            );
    }

    /// <summary>What an address does when called by a method: the words behind the method's name.</summary>
    public string? Operation(string method, string path)
    {
        if (!routes.TryGetValue(path, out var words))
        {
            return null;
        }

        var parts = Methods().Split(words).Where(part => part.Length > 0);
        var part = parts.FirstOrDefault(part => part.StartsWith(method, StringComparison.Ordinal));
        return part?[method.Length..].TrimStart(':', ' ').Trim();
    }

    public string? Type(Type type) => Summary($"T:{type.FullName}");

    /// <summary>A property's own comment, or that of the record's parameter of its name.</summary>
    public string? Property(Type type, string name) =>
        Summary($"P:{type.FullName}.{name}")
        ?? Text(
            members
                .GetValueOrDefault($"T:{type.FullName}")
                ?.Elements("param")
                .FirstOrDefault(param => param.Attribute("name")?.Value == name)
        );

    private string? Summary(string member) => Text(members.GetValueOrDefault(member)?.Element("summary"));

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var words = element
            .Nodes()
            .Select(node =>
                node switch
                {
                    XText text => text.Value,
                    XElement { Name.LocalName: "see" } see => Name(see),
                    XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                    XElement inner => inner.Value,
                    _ => "",
                }
            );
        return Spaces().Replace(string.Concat(words), " ").Trim();
    }

    private static string Name(XElement see) =>
        see.Attribute("langword")?.Value ?? see.Attribute("cref")?.Value.Split('.', ':')[^1] ?? see.Value;

    [GeneratedRegex(@"(?=\b(?:GET|POST|PUT|PATCH|DELETE)\b)")]
    private static partial Regex Methods();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
