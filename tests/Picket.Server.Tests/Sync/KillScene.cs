using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>
/// A server that is a process of its own, and is killed (-9) on purpose. Pages are small, so that a listing takes more
/// than one transaction. The scene's own server is stopped meanwhile, and started again to look at the end.
/// </summary>
internal sealed class KillScene : IAsyncDisposable
{
    private readonly Dictionary<string, string?> settings;

    private KillScene(SyncScene sync, Dictionary<string, string?> settings) => (Sync, this.settings) = (sync, settings);

    public SyncScene Sync { get; }

    public EmulatorHost Uem => Sync.Uem;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KillScene> StartAsync(EmulatorOptions emulator)
    {
        var settings = new Dictionary<string, string?> { ["Uem:PageSize"] = "20" };
        return new KillScene(await SyncScene.StartAsync(emulator, settings), settings);
    }

    /// <summary>As every integration does that was made through the API: the doctor saw the quota before the first run.</summary>
    public async Task StopAsync()
    {
        await Sync.Picket.Client.DoctorAsync(Sync.Integration, cancellationToken: Cancel);
        await Sync.Picket.StopServerAsync();
    }

    public PicketProcess Process() =>
        PicketProcess.Start(
            Sync.Picket.DataFolder,
            settings.ToDictionary(setting => setting.Key.Replace(":", "__"), setting => setting.Value!)
        );

    /// <summary>A look at the database beside the process.</summary>
    public async Task<T> LookAsync<T>(Func<PicketDbContext, Task<T>> look)
    {
        var database = new PicketDatabase(new StorageOptions { DataFolder = Sync.Picket.DataFolder });
        await using var db = database.Open();
        return await look(db);
    }

    /// <summary>Starts a process, has it do something, and kills it once the fault holds it and more is true.</summary>
    public async Task KillAsync(
        FaultRule hold,
        Func<PicketClient, Task> act,
        Func<PicketClient, Task<bool>>? andThen = null
    )
    {
        Uem.Faults = FaultScript.Of(hold with { Action = FaultAction.Slow, Milliseconds = 120_000 });
        await using (var server = Process())
        {
            var client = await server.ReadyAsync(Cancel);
            await act(client);
            await UntilAsync(async () => Uem.FaultHits[0] > 0 && (andThen is null || await andThen(client)));
            await server.KillAsync();
        }

        Uem.Faults = new FaultScript();
    }

    /// <summary>Starts a process that nobody disturbs, and waits for the run's end.</summary>
    public async Task<RunView> EndAsync(Guid run)
    {
        await using var last = Process();
        return await SyncScene.UntilAsync(
            await last.ReadyAsync(Cancel),
            run,
            view => view.State is not (RunState.Queued or RunState.Running)
        );
    }

    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await reached())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Holds what this server kept against what an undisturbed one did with the same fleet.</summary>
    public async Task AssertLikeAsync(SyncScene undisturbed, RunView run)
    {
        await Sync.Picket.RestartAsync();
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        // Law 5: a kill forgets no call.
        Assert.True((await Sync.IntegrationAsync()).QuotaUsed >= Uem.RequestLog.Total);
        await undisturbed.JudgedAsync();
        await Sync.JudgedAsync();
        await using var expected = undisturbed.Picket.OpenDatabase();
        await using var actual = Sync.Picket.OpenDatabase();
        var inventory = await Inventories.OfAsync(expected, Cancel);
        Assert.Contains(inventory, line => line.StartsWith("finding ", StringComparison.Ordinal));
        Inventories.AssertAlike(inventory, await Inventories.OfAsync(actual, Cancel));
        Assert.Equal(
            await expected.DeviceChanges.CountAsync(change => change.Attribute != "level", Cancel),
            await actual.DeviceChanges.CountAsync(change => change.Attribute != "level", Cancel)
        );
    }

    public ValueTask DisposeAsync() => Sync.DisposeAsync();
}
