using System.Text;
using Picket.Core.Risk;
using Picket.Core.Risk.Uem;

namespace Picket.Architecture.Tests;

/// <summary>docs/findings.md is the catalogue of the code, no more and no less. PICKET_WRITE_FINDINGS=1 writes it.</summary>
public sealed class FindingsPageTests
{
    private const string Begin = "<!-- from the code -->";

    [Fact]
    public void The_page_of_findings_says_what_the_code_says()
    {
        var path = Repository.File("docs", "findings.md");
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var head = page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        var expected = $"{head}\n\n{Catalogue()}";
        if (Environment.GetEnvironmentVariable("PICKET_WRITE_FINDINGS") is not null)
        {
            File.WriteAllText(path, expected);
            page = expected;
        }

        Assert.Equal(expected, page);
    }

    private static string Catalogue()
    {
        var text = new StringBuilder();
        foreach (var kind in FindingKinds.All)
        {
            var about = kind.Description;
            text.Append($"### {kind.Title}\n\n");
            text.Append(
                $"`{kind.Id}`, rule {kind.RuleVersion}, {RiskPolicy.Default.LevelOf(kind)}. {about.Meaning}\n\n"
            );
            text.Append($"- Needs: {string.Join(", ", about.Needs)}");
            text.Append(about.NeedsFeed is { } feed ? $"; a feed of {feed}.\n" : ".\n");
            text.Append($"- Cannot see: {about.CannotSee}\n");
            text.Append(about.ForUser.Length > 0 ? $"- To the user: {about.ForUser}\n" : "- To the user: nothing.\n");
            text.Append(
                kind.AttackIds.Count > 0 ? $"- ATT&CK for Mobile: {string.Join(", ", kind.AttackIds)}\n\n" : "\n"
            );
        }

        text.Append("## The UEM itself\n\n| kind | what |\n|-|-|\n");
        foreach (var kind in UemFindingKinds.All)
        {
            text.Append($"| `{kind.Id}` | {kind.Title} ({string.Join(", ", kind.AttackIds)}) |\n");
        }

        text.Append("\n## What no rule can judge\n\n| what | why |\n|-|-|\n");
        foreach (var gap in Gaps.All)
        {
            text.Append($"| {gap.Title} | {gap.Why} |\n");
        }

        return text.ToString();
    }
}
