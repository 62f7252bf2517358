using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Response;

/// <summary>A fleet that was read and judged; nothing is tagged yet.</summary>
internal sealed class TagScene : IAsyncDisposable
{
    public const string Prefix = "Picket: ";
    private readonly SyncScene sync;

    private TagScene(SyncScene sync) => this.sync = sync;

    public PicketApplication Picket => sync.Picket;

    public PicketClient Client => Picket.Client;

    public EmulatorHost Uem => sync.Uem;

    public Guid Integration => sync.Integration;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TagScene> StartAsync(
        EmulatorOptions? emulator = null,
        Dictionary<string, string?>? settings = null,
        Action<IntegrationRow>? integration = null
    )
    {
        var all = new Dictionary<string, string?>
        {
            ["Response:LookEveryMilliseconds"] = "100",
            ["Response:RetryMilliseconds"] = "200",
        };
        foreach (var setting in settings ?? [])
        {
            all[setting.Key] = setting.Value;
        }

        var scene = new TagScene(
            await SyncScene.StartAsync(emulator ?? new EmulatorOptions { Devices = 60 }, all, integration)
        );
        var read = await scene.ReadAsync();
        Assert.True(read.State == RunState.Completed, string.Join("\n", read.IncompleteReasons));
        return scene;
    }

    /// <summary>Looks at the tags of a scene that somebody else disposes of.</summary>
    public static TagScene Of(SyncScene sync) => new(sync);

    /// <summary>Reads the fleet, or one device, and waits for the verdicts.</summary>
    public async Task<RunView> ReadAsync(Guid? device = null)
    {
        var run = await sync.RunAsync(device is null ? RunKind.Full : RunKind.Device, device);
        await sync.JudgedAsync();
        return run;
    }

    public Task<TagPreview> PreviewAsync() => Client.PreviewTagsAsync(Integration, Cancel);

    /// <summary>Previews, accepts, and waits for the end of the run.</summary>
    public async Task<TagRunView> AcceptAsync()
    {
        var preview = await PreviewAsync();
        return await EndAsync(await Client.AcceptTagsAsync(Integration, preview.Id, Cancel));
    }

    public async Task<TagRunView> RunAsync() => await EndAsync(await Client.RunTagsAsync(Integration, Cancel));

    public Task<TagRunView> EndAsync(TagRunView run) => EndAsync(Client, run.Id);

    public static Task<TagRunView> EndAsync(PicketClient client, Guid run) =>
        UntilAsync(
            () => client.TagRunAsync(run, Cancel),
            view => view.State is not (RunState.Queued or RunState.Running)
        );

    /// <summary>The newest run, once it is what the story waits for.</summary>
    public Task<TagRunView> NewestAsync(Func<TagRunView, bool> reached) =>
        UntilAsync(async () => (await Client.TaggingAsync(Integration, Cancel)).LastRun!, reached);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var value = await read();
            if (reached(value))
            {
                return value;
            }

            Assert.False(patience.IsCancellationRequested, $"It never came to that; last was {value}.");
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Waits until the UEM's tags are what the verdicts want, and no tag run is open.</summary>
    public async Task SettledAsync()
    {
        await UntilAsync(
            async () => (Wanted: await WantedAsync(), Actual: Actual()),
            now => now.Wanted.SequenceEqual(now.Actual)
        );
        await NewestAsync(run => run.State is not (RunState.Queued or RunState.Running));
    }

    /// <summary>Our tags as the UEM has them: "device tag", in order.</summary>
    public List<string> Actual(string prefix = Prefix) =>
        Lines(
            Uem.Tags.All.Where(tag => tag.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .SelectMany(tag => Carriers(tag).Select(device => (device, tag.Name)))
        );

    public IEnumerable<int> Carriers(Tag tag)
    {
        var carriers = Uem.Tags.Carriers(tag).Select(carrier => carrier.Device).ToHashSet();
        return Uem.Fleet.All.Where(device => carriers.Contains(device.Index)).Select(device => device.Id);
    }

    /// <summary>What the verdicts ask for.</summary>
    public async Task<List<string>> WantedAsync(bool unknown = false, string prefix = Prefix)
    {
        var devices = await DevicesAsync();
        return Lines(
            devices
                .Where(row => row.GoneAt is null && (unknown || row.Level != RiskLevel.Unknown))
                .Select(row => (row.RemoteId, prefix + row.Level))
        );
    }

    /// <summary>What Picket takes for confirmed.</summary>
    public async Task<List<string>> ConfirmedAsync()
    {
        await using var db = Picket.OpenDatabase();
        var rows = await (
            from tag in db.DeviceTags
            join own in db.OwnedTags on tag.OwnedTagId equals own.Id
            select new { tag.RemoteId, own.Name }
        ).ToListAsync(Cancel);
        return Lines(rows.Select(row => (row.RemoteId, row.Name)));
    }

    /// <summary>What the ledger says to be true: what was added and not undone.</summary>
    public async Task<List<string>> LedgerAsync()
    {
        var lines = new List<(int, string)>();
        foreach (var write in await WritesAsync("AddTag"))
        {
            var entry = await Client.LedgerEntryAsync(write.Id, Cancel);
            lines.AddRange(
                entry
                    .Entries.Where(device => device.State == LedgerState.Confirmed)
                    .Select(device => (device.UemId, write.Subject))
            );
        }

        return Lines(lines);
    }

    public async Task<List<LedgerSummary>> WritesAsync(string? kind = null)
    {
        var writes = new List<LedgerSummary>();
        await foreach (
            var write in Client.Ledger(new LedgerFilter { IntegrationId = Integration }).WithCancellation(Cancel)
        )
        {
            writes.Add(write);
        }

        return [.. writes.Where(write => kind is null || write.Kind == kind)];
    }

    public async Task<List<TagRunView>> RunsAsync()
    {
        var runs = new List<TagRunView>();
        await foreach (
            var run in Client.TagRuns(new TagRunFilter { IntegrationId = Integration }).WithCancellation(Cancel)
        )
        {
            runs.Add(run);
        }

        return runs;
    }

    public async Task<List<DeviceRow>> DevicesAsync()
    {
        await using var db = Picket.OpenDatabase();
        return await db.Devices.AsNoTracking().OrderBy(row => row.RemoteId).ToListAsync(Cancel);
    }

    /// <summary>Gives devices another verdict, as a feed would, without reading anything.</summary>
    public async Task JudgeAsync(RiskLevel level, IEnumerable<DeviceRow> devices)
    {
        Guid[] ids = [.. devices.Select(device => device.Id)];
        var now = Picket.Service<TimeProvider>().GetUtcNow();
        await using var db = Picket.OpenDatabase();
        await db
            .Devices.Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Level, level).SetProperty(row => row.WantedAt, now),
                Cancel
            );
        Picket.Service<ResponseSignal>().Raise(Integration);
    }

    /// <summary>Waits until a version of the policy that changed nothing is new no more.</summary>
    public Task SeenPolicyAsync(int version) =>
        UntilAsync(
            async () =>
            {
                await using var db = Picket.OpenDatabase();
                return await db
                    .Integrations.Where(row => row.Id == Integration)
                    .Select(row => row.TagPolicyVersion)
                    .SingleAsync(Cancel);
            },
            seen => seen == version
        );

    public async Task<IntegrationView> ChangeAsync(ChangeIntegration change)
    {
        var now = await Client.IntegrationAsync(Integration, Cancel);
        return await Client.ChangeIntegrationAsync(Integration, now.Version, change, Cancel);
    }

    /// <summary>Bulk calls that came in since the log was cleared.</summary>
    public int BulkCalls => Uem.RequestLog.Entries.Count(call => IsTagWrite(call.Path));

    public int TagWrites => Uem.RequestLog.Entries.Count(call => call.Method == "POST" && call.Path.Contains("/tags/"));

    public ValueTask DisposeAsync() => sync.DisposeAsync();

    private static bool IsTagWrite(string path) =>
        path.Contains("/adddevices", StringComparison.OrdinalIgnoreCase)
        || path.Contains("/removedevices", StringComparison.OrdinalIgnoreCase);

    private static List<string> Lines(IEnumerable<(int Device, string Tag)> pairs) =>
        [.. pairs.Select(pair => $"{pair.Device} {pair.Tag}").Order(StringComparer.Ordinal)];
}
