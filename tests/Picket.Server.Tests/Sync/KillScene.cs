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

    /// <summary>Starts a process, has it do something, and kills it once the fault holds it.</summary>
    public async Task KillAsync(FaultRule hold, Func<PicketClient, Task> act)
    {
        Uem.Faults = FaultScript.Of(hold with { Action = FaultAction.Slow, Milliseconds = 120_000 });
        await using (var server = Process())
        {
            await act(await server.ReadyAsync(Cancel));
            await UntilAsync(() => Task.FromResult(Uem.FaultHits[0] > 0));
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

    public ValueTask DisposeAsync() => Sync.DisposeAsync();
}
