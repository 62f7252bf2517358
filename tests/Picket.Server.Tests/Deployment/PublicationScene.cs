using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Server.Tests.Deployment;

/// <summary>A fleet that was read, with an app in the catalogue and a canary group; the integration may publish.</summary>
internal sealed class PublicationScene : IAsyncDisposable
{
    public const string Bundle = "com.example.guard";
    public const string Everybody = "All Android";
    public const string Canary = "Canary";
    private readonly SyncScene sync;

    private PublicationScene(SyncScene sync) => this.sync = sync;

    public SyncScene Sync => sync;

    public PicketApplication Picket => sync.Picket;

    public PicketClient Client => Picket.Client;

    public EmulatorHost Uem => sync.Uem;

    public Guid Integration => sync.Integration;

    /// <summary>As an administrator of the UEM works there.</summary>
    public WorkspaceOneClient Console { get; private set; } = null!;

    public CatalogueApp App { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PublicationScene> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<IntegrationRow>? integration = null,
        int latency = 0
    )
    {
        var scene = new PublicationScene(
            await SyncScene.StartAsync(
                new EmulatorOptions
                {
                    Devices = 130,
                    ClockFactor = 0,
                    Latency = latency,
                    StartAt = TimeProvider.System.GetUtcNow(),
                },
                new Dictionary<string, string?>(settings ?? [])
                {
                    ["Deployment:LookEveryMilliseconds"] = "50",
                    ["Deployment:ReadEveryMilliseconds"] = "100",
                    ["Deployment:RetryMilliseconds"] = "50",
                },
                row =>
                {
                    row.DeploymentEnabled = true;
                    integration?.Invoke(row);
                }
            )
        );
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role = scene.Uem.Access.Role("Console Administrator");
        await scene.PrepareAsync();
        return scene;
    }

    private async Task PrepareAsync()
    {
        var connection = await Picket.Service<UemConnections>().OpenAsync(Integration, Cancel);
        Console = connection.Client;
        App = await Console.Apps.AddPublicAsync(
            new NewPublicApp("Guard", 5) { BundleId = Bundle, OrganizationGroupId = Uem.OrganizationGroup.Id },
            Cancel
        );
        var group = (await Console.SmartGroups.Search(name: Everybody).ReadAllAsync(Cancel)).Items.First(each =>
            each.Name == Everybody
        );
        var members = (await Console.SmartGroups.DevicesAsync(group.Id, Cancel)).Select(each => each.Id).ToHashSet();
        CanaryDevices =
        [
            .. Uem
                .Fleet.All.Where(each => each.IsEnrolled && members.Contains(each.Id))
                .Take(10)
                .Select(each => each.Id),
        ];
        await Console.SmartGroups.CreateAsync(Canary, Uem.OrganizationGroup.Id, CanaryDevices, Cancel);
        await ReadFleetAsync();
        Uem.RequestLog.Clear();
    }

    /// <summary>Reads the fleet, and waits for the verdicts.</summary>
    public async Task ReadFleetAsync()
    {
        await sync.RunAsync();
        await sync.JudgedAsync();
    }

    public IReadOnlyList<int> CanaryDevices { get; private set; } = [];

    public static CreatePublication Wish(string name = "Guard", params string[] groups) =>
        new()
        {
            Name = name,
            BundleId = Bundle,
            Rings =
            [
                .. (groups.Length > 0 ? groups : [Canary, Everybody]).Select(
                    (group, at) => new RingInput($"Ring {at + 1}", [group])
                ),
            ],
            Configuration = [new ConfigurationKey { Key = "DeviceId", Value = "{DeviceUid}" }],
            Rules = new RingRuleSet
            {
                WatchMinutes = 0,
                InstalledPercent = 50,
                FailedPercent = 20,
                WorsenedPercent = 100,
            },
        };

    public async Task<PublicationView> MakeAsync(CreatePublication? wish = null) =>
        await Client.CreatePublicationAsync(Integration, wish ?? Wish(), Cancel);

    public async Task<PublicationView> StartedAsync(CreatePublication? wish = null) =>
        await Client.StartPublicationAsync((await MakeAsync(wish)).Id, Cancel);

    public Task<PublicationView> UntilAsync(Guid id, Func<PublicationView, bool> reached) =>
        TagScene.UntilAsync(() => Client.PublicationAsync(id, Cancel), reached);

    public Task<PublicationView> WatchingAsync(Guid id, int ring = 0) =>
        UntilAsync(id, view => view.Rings[ring].State == RingState.Watching && view.Rings[ring].Assigned is not null);

    public Task<PublicationView> BecomesAsync(Guid id, PublicationState state) =>
        UntilAsync(id, view => view.State == state);

    /// <summary>The clock of the UEM goes on, and the devices report.</summary>
    public void Pass(TimeSpan time) => Uem.Clock.Step(time);

    public async Task<JsonElement> RulesAsync() =>
        (await Console.AppAssignments.ReadAsync(App.Uuid!.Value, Cancel)).Raw;

    public async Task<IReadOnlyList<string?>> NamesAsync() =>
        [.. (await Console.AppAssignments.ReadAsync(App.Uuid!.Value, Cancel)).Assignments.Select(each => each.Name)];

    /// <summary>What an administrator wrote by hand, with things that nobody knows.</summary>
    public async Task<JsonElement> WriteByHandAsync(Action<JsonNode>? change = null)
    {
        var group = (await Console.SmartGroups.Search(name: "All Apple Mobile").ReadAllAsync(Cancel)).Items[0];
        var rules = JsonNode.Parse((await RulesAsync()).GetRawText())!;
        if (change is null)
        {
            rules["assignments"]!
                .AsArray()
                .Insert(
                    0,
                    JsonNode.Parse(
                        $$$"""
                        {"priority":0,"unheard_of":{"deep":[1.50,"ä",null]},
                          "distribution":{"name":"By hand","smart_groups":["{{{group.Uuid}}}"],"nobody_knows":true}}
                        """
                    )
                );
            for (var at = 1; at < rules["assignments"]!.AsArray().Count; at++)
            {
                rules["assignments"]![at]!["priority"] = at;
            }
        }
        else
        {
            change(rules);
        }

        await Console.AppAssignments.ReplaceAsync(
            App.Uuid!.Value,
            new AppAssignmentRules(JsonSerializer.SerializeToElement(rules)),
            Cancel
        );
        return await RulesAsync();
    }

    /// <summary>Lists of assignments that Picket or somebody sent since the log was cleared.</summary>
    public int Writes => Uem.RequestLog.Entries.Count(call => call.Method == "PUT");

    public async Task<List<string>> LedgerAsync(Guid publication)
    {
        await using var db = Picket.OpenDatabase();
        var rows = await db
            .Ledger.Where(row => row.PublicationId == publication)
            .OrderBy(row => row.Id)
            .Select(row => new
            {
                row.Kind,
                row.State,
                row.Sends,
            })
            .ToListAsync(Cancel);
        return [.. rows.Select(row => $"{row.Kind} {row.State} {row.Sends}")];
    }

    public async Task<List<PublicationDeviceView>> DevicesAsync(Guid id, PublicationDeviceFilter? filter = null)
    {
        var devices = new List<PublicationDeviceView>();
        await foreach (var device in Client.PublicationDevices(id, filter).WithCancellation(Cancel))
        {
            devices.Add(device);
        }

        return devices;
    }

    public ValueTask DisposeAsync() => sync.DisposeAsync();
}
