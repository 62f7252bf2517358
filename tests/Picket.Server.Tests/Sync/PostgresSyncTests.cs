using Picket.Api;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

public sealed class PostgresSyncTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Brings_PostgreSQL_to_the_same_inventory_as_SQLite()
    {
        var options = new EmulatorOptions { Devices = 620 };
        await using var sqlite = await SyncScene.StartAsync(options);
        await using var other = await SyncScene.StartAsync(
            options,
            new Dictionary<string, string?> { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
        );
        await sqlite.RunAsync();

        var first = await other.RunAsync();
        var second = await other.RunAsync();

        Assert.True(first.State == RunState.Completed, string.Join("\n", first.IncompleteReasons));
        Assert.Equal(RunState.Completed, second.State);
        await using var expected = sqlite.Picket.OpenDatabase();
        await using var actual = other.Picket.OpenDatabase();
        Assert.Equal(await Inventories.OfAsync(expected, Cancel), await Inventories.OfAsync(actual, Cancel));
    }

    [Fact]
    public async Task Reads_two_integrations_at_once_while_their_devices_are_judged()
    {
        await using var scene = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 1010 },
            new Dictionary<string, string?> { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
        );
        var second = await scene.AddIntegrationAsync("Second");

        var runs = await Task.WhenAll(RunAsync(scene, scene.Integration), RunAsync(scene, second));
        var again = await Task.WhenAll(RunAsync(scene, scene.Integration), RunAsync(scene, second));
        await scene.JudgedAsync();

        Assert.All(
            runs.Concat(again),
            run => Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons))
        );
        Assert.Equal(2 * 1010, (await scene.DevicesAsync()).Count);
        Assert.DoesNotContain("Error Picket.Server", scene.Picket.Logs.All, StringComparison.Ordinal);
    }

    private static async Task<RunView> RunAsync(SyncScene scene, Guid integration) =>
        await scene.EndAsync((await scene.Picket.Client.StartRunAsync(integration, new StartRun(), Cancel)).Id);
}
