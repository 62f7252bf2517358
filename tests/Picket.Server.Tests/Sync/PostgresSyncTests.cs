using Microsoft.EntityFrameworkCore;
using Npgsql;
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
        await sqlite.JudgedAsync();
        await other.JudgedAsync();
        await using var expected = sqlite.Picket.OpenDatabase();
        await using var actual = other.Picket.OpenDatabase();
        Inventories.AssertAlike(await Inventories.OfAsync(expected, Cancel), await Inventories.OfAsync(actual, Cancel));
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

    [Fact]
    public async Task Does_again_what_PostgreSQL_gave_up_for_another_transaction()
    {
        var database = await postgres.NewDatabaseAsync(Cancel);
        await using var scene = await SyncScene.StartAsync(
            settings: new() { ["Storage:Postgres"] = Patient(database, seconds: 3) }
        );
        await scene.RunAsync();
        await scene.JudgedAsync();
        await scene.DetailsAreDueAsync();
        var middle = (await scene.DevicesAsync())[30];
        await using var rival = new NpgsqlConnection(Patient(database, seconds: 120));
        await rival.OpenAsync(Cancel);
        await using var transaction = await rival.BeginTransactionAsync(Cancel);
        await ExecuteAsync(rival, $"""UPDATE devices SET "Model" = "Model" WHERE "Id" = '{middle.Id}'""");

        var started = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await UntilAsync(
            database,
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        );
        await ExecuteAsync(rival, """UPDATE devices SET "Model" = "Model" """);
        await transaction.CommitAsync(Cancel);
        var run = await scene.EndAsync(started.Id);

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(60, run.Counts["devices"].Read);
        await UntilAsync(database, "SELECT deadlocks > 0 FROM pg_stat_database WHERE datname = current_database()");
    }

    private static string Patient(string database, int seconds) =>
        new NpgsqlConnectionStringBuilder(database) { Options = $"-c deadlock_timeout={seconds}s" }.ToString();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task UntilAsync(string database, string question)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(patience.Token);
        await using var command = new NpgsqlCommand(question, connection);
        while (!(bool)(await command.ExecuteScalarAsync(patience.Token))!)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<RunView> RunAsync(SyncScene scene, Guid integration) =>
        await scene.EndAsync((await scene.Picket.Client.StartRunAsync(integration, new StartRun(), Cancel)).Id);
}
