using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>
/// The tags of one purpose, beside those of levels. A device carries at most one of them: that of the first line that fits it.
/// </summary>
/// <param name="Name">The purpose. Unique in the document.</param>
public sealed record PolicyTagSet(string Name, IReadOnlyList<PolicyTagLine> Lines)
{
    /// <summary>Each once, in the order of the lines: several lines may lead to one tag.</summary>
    public IEnumerable<string> Tags => Lines.Select(line => line.Tag).Distinct(StringComparer.Ordinal);
}

/// <summary>A tag, and which devices it is for. All must hold; of each list one is enough, and an empty list asks for nothing.</summary>
/// <param name="Levels">Unknown is among them only where it is named.</param>
/// <param name="Findings">Kinds of findings that have weight: not those that are excepted or in grace.</param>
public sealed record PolicyTagLine(
    string Tag,
    IReadOnlyList<RiskLevel> Levels,
    IReadOnlyList<string> Findings,
    PolicyScope Scope
)
{
    /// <summary>What it asks for, as people read it.</summary>
    public string Rule
    {
        get
        {
            var parts = new List<string>();
            if (Levels.Count > 0)
            {
                parts.Add($"level {string.Join(" or ", Levels.Order().Select(PolicyWords.OfAny))}");
            }

            if (Findings.Count > 0)
            {
                parts.Add($"finding {string.Join(" or ", Findings.Order(StringComparer.Ordinal))}");
            }

            if (!Scope.Group.IsAll)
            {
                parts.Add($"group {Scope.Group}");
            }

            if (!Scope.When.IsEmpty)
            {
                parts.Add($"{Scope.When}");
            }

            return string.Join(", ", parts);
        }
    }
}
