using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// Histories over the real planner, ledger and store, with a virtual clock and a modelled UEM. What once found something
/// stays here as a story.
/// </summary>
public sealed class SimulationTests
{
    /// <summary>As many as the time of a build allows on a slow day; ten thousand take eight minutes on two processors that have nothing else to do.</summary>
    private const int InEachRun = 2_500;

    private const int Workers = 2;
    private const int MostShown = 3;
    private const int Fleets = 10;

    [Fact]
    public async Task Each_history_ends_as_it_should()
    {
        var (first, histories) = (Setting("SEED", 0), Setting("HISTORIES", InEachRun));
        var wrong = new ConcurrentQueue<string>();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => TellAsync(worker))));

        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong));

        async Task TellAsync(int worker)
        {
            using var store = await SimulatedStore.NewAsync();
            for (var seed = first + worker; seed < first + histories && wrong.Count < MostShown; seed += Workers)
            {
                if (await History.WrongAsync(seed, store.Database) is { } account)
                {
                    wrong.Enqueue(account);
                }
            }
        }
    }

    public static TheoryData<string> Stories => [.. Story.All.Keys];

    /// <summary>Ten fleets each: which device or tag it meets is chance.</summary>
    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_story_that_found_something_stays(string name)
    {
        using var store = await SimulatedStore.NewAsync();
        for (var seed = 0; seed < Fleets; seed++)
        {
            Assert.Null(await Task.Run(() => History.WrongAsync(seed, store.Database, Story.All[name])));
        }
    }

    /// <summary>Of who runs the tests: fewer for a first look, more for a night.</summary>
    public static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable($"PICKET_SIMULATION_{name}") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}

/// <summary>A database in memory, where the system has files there: nothing of it has to outlive a power cut.</summary>
internal sealed class SimulatedStore : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly DirectoryInfo folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"picket-simulation-{Guid.NewGuid():N}")
    );

    private SimulatedStore() => Database = new PicketDatabase(new StorageOptions { DataFolder = folder.FullName });

    public PicketDatabase Database { get; }

    public static async Task<SimulatedStore> NewAsync()
    {
        Life.Watch();
        var store = new SimulatedStore();
        await EmptyDatabase.PutAsync(store.folder.FullName);
        return store;
    }

    public void Dispose()
    {
        using (var connection = (SqliteConnection)Database.Connect())
        {
            SqliteConnection.ClearPool(connection);
        }

        folder.Delete(recursive: true);
    }
}
