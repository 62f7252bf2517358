using Picket.Api;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>Reasons are read by people.</summary>
public sealed class ReasonTests
{
    [Theory]
    [InlineData("usergroups/search", "User groups: GET system/usergroups/search")]
    [InlineData("admins/search", "Administrators: GET system/admins/search")]
    [InlineData("smartgroups/search", "Smart groups: GET mdm/smartgroups/search")]
    [InlineData("/children", "Organization groups: GET system/groups/{id}/children")]
    public async Task Begin_with_the_name_of_the_part_that_fell_short_as_the_console_has_it(string path, string words)
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Action = FaultAction.Status,
                Status = 500,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.StartsWith(words, StringComparison.Ordinal));
        Assert.All(run.IncompleteReasons, reason => Assert.Matches("^[A-Z][a-z]+( [a-z]+)?: ", reason));
    }
}
