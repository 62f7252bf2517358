using Picket.WorkspaceOne.Emulator.Routes;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>docs/emulator.md says what is true.</summary>
public sealed class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(Checkout(AppContext.BaseDirectory), "docs", "emulator.md")
    );

    /// <summary>After a change of routes: put what <c>./run emulator --routes</c> prints between the two marks.</summary>
    [Fact]
    public void Lists_the_emulated_routes_as_they_are()
    {
        var table = Text.Split("<!-- routes -->")[1].Split("<!-- /routes -->")[0].Trim();
        Assert.Equal(RouteListing.Markdown(), table.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--basic-disabled")]
    [InlineData("--too-many-body")]
    [InlineData("--no-retry-after")]
    [InlineData("--minute-limit")]
    [InlineData("--below-lowest-version")]
    [InlineData("--empty-searches")]
    [InlineData("--bulk-command-status")]
    [InlineData("--membership-delay")]
    [InlineData("--delay")]
    [InlineData("--event-form")]
    public void Names_the_switches_of_what_nobody_knows(string option)
    {
        Assert.Contains(option, Text);
        Assert.Contains(CommandLine.Build().Options, known => known.Name == option);
    }

    private static string Checkout(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx")) ? folder : Checkout(Directory.GetParent(folder)!.FullName);
}
