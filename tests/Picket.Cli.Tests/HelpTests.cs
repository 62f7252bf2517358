using System.CommandLine;

namespace Picket.Cli.Tests;

/// <summary>What a newcomer reads.</summary>
public sealed class HelpTests
{
    public static TheoryData<string, string> Examples =>
        [
            .. from command in Tree(PicketCommand.Create(SecretArgumentTests.SomeTerminal()), "picket")
            where command.Node is Verb
            from example in ((Verb)command.Node).Examples
            // The demo is started by ./run, which knows where the programs are.
            where !example.StartsWith("./run demo", StringComparison.Ordinal)
            select new TheoryDataRow<string, string>(command.Path, example),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_command_line_of_its_command_that_can_be_read(string path, string example)
    {
        Assert.StartsWith(path, example, StringComparison.Ordinal);
        var words = example.Split(" < ")[0]["picket ".Length..];

        var parsed = PicketCommand.Create(SecretArgumentTests.SomeTerminal()).Parse(words);

        Assert.Empty(parsed.Errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("devices", "list")]
    [InlineData("integrations")]
    [InlineData("status")]
    public async Task The_help_of_a_command_shows_examples(params string[] command)
    {
        var run = await HelpAsync([.. command, "--help"]);

        Assert.Matches(@"Examples?:\n  picket " + string.Join(' ', command), run.Out);
    }

    [Fact]
    public async Task The_first_help_says_where_to_start_and_fits_a_terminal()
    {
        var run = await HelpAsync(["--help"]);

        Assert.Contains("Start here:", run.Out, StringComparison.Ordinal);
        Assert.Contains("picket sign-in ada --server", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_scopes_that_can_be_made_are_offered()
    {
        var run = await HelpAsync(["tokens", "create", "--help"]);

        Assert.Equal((ExitCodes.Ok, ""), (run.Code, run.Error));
        Assert.Contains("<Read|Write|Full>", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Owner", run.Out, StringComparison.Ordinal);
    }

    private static Task<CliRun> HelpAsync(string[] args) =>
        CliRun.WithAsync(args, new Dictionary<string, string>(), "");

    private static IEnumerable<(Command Node, string Path)> Tree(Command command, string path) =>
        command
            .Subcommands.Where(child => !child.Hidden)
            .SelectMany(child => Tree(child, $"{path} {child.Name}"))
            .Append((command, path));
}
