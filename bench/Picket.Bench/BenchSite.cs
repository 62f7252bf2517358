using Microsoft.Data.Sqlite;
using Picket.Bench.Harness;
using Picket.Bench.Raw;

namespace Picket.Bench;

/// <summary>What the measurements share: a folder, the fleets, and the server that the full sync filled.</summary>
internal sealed class BenchSite(BenchOptions options) : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-bench-");
    private readonly Dictionary<(int Devices, int Latency), EmulatorProgram> emulators = [];
    private int folders;

    public BenchOptions Options => options;

    /// <summary>Both sides of a ratio are measured with compiled code; a server takes a while to get there.</summary>
    private int WarmUpDevices => options.Quick ? 5_000 : 20_000;
    public Report Report { get; } = new();

    /// <summary>A server that knows the whole fleet, and its integration; the measurement that needs one first makes it.</summary>
    public (ServerProgram Server, Guid Integration)? Filled { get; set; }

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(folder.FullName, $"{++folders}")).FullName;

    public Task<EmulatorProgram> FleetAsync() => EmulatorAsync(options.Devices);

    public async Task<EmulatorProgram> EmulatorAsync(int devices, int latency = 0)
    {
        if (!emulators.TryGetValue((devices, latency), out var emulator))
        {
            emulator = await EmulatorProgram.StartAsync(folder.FullName, devices, latency);
            emulators[(devices, latency)] = emulator;

            // Its own first answers compile its code.
            using var raw = new RawPages(emulator);
            await raw.FetchAsync();
        }

        return emulator;
    }

    /// <summary>A server on an empty folder whose code has run, against a small fleet.</summary>
    public async Task<ServerProgram> WarmServerAsync()
    {
        var small = await EmulatorAsync(WarmUpDevices);
        var server = await ServerProgram.StartAsync(NewFolder());
        try
        {
            var integration = await server.ConnectAsync(small, "warm-up");
            await server.SyncAsync(integration);
            await server.SyncAsync(integration);
            await server.SettleAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<(ServerProgram Server, Guid Integration)> FilledServerAsync()
    {
        if (Filled is not { } filled)
        {
            var fleet = await FleetAsync();
            var server = await WarmServerAsync();
            Filled = filled = (server, await FillAsync(server, fleet));
        }

        return filled;
    }

    private static async Task<Guid> FillAsync(ServerProgram server, EmulatorProgram fleet)
    {
        try
        {
            var integration = await server.ConnectAsync(fleet, "fleet");
            await server.SyncAsync(integration);
            await server.SettleAsync();
            return integration;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Filled is { } filled)
        {
            await filled.Server.DisposeAsync();
        }

        foreach (var emulator in emulators.Values)
        {
            await emulator.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
