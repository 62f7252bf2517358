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
}
