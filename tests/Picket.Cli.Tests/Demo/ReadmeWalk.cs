using System.Text.RegularExpressions;

namespace Picket.Cli.Tests.Demo;

/// <summary>The lines of README.md's "Walk through the demo", as a person copies them.</summary>
internal static partial class ReadmeWalk
{
    public static IReadOnlyList<string> Lines { get; } = Read();

    /// <summary>What a line ends with: 0, unless its remark says otherwise.</summary>
    public static int ExitCode(string line) =>
        Remark().Match(line) is { Success: true } remark
            ? int.Parse(remark.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private static List<string> Read()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        var begin = readme.IndexOf("## Walk through the demo", StringComparison.Ordinal);
        var end = readme.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return
        [
            .. Block()
                .Matches(readme[begin..end])
                .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        ];
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"# exit code (\d+)")]
    private static partial Regex Remark();
}
