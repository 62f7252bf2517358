using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Apps;

namespace Picket.Server.Tests.Response;

/// <summary>A fleet that was read and judged, with apps on it that somebody may list.</summary>
internal sealed class AppGroupScene : IAsyncDisposable
{
    public const string AndroidName = "Picket: denied apps (Android)";
    public const string AppleName = "Picket: denied apps (Apple)";

    private readonly TagScene scene;
    private readonly Dictionary<string, Guid> indicators = [];

    private AppGroupScene(TagScene scene) => this.scene = scene;

    public PicketApplication Picket => scene.Picket;

    public PicketClient Client => scene.Client;

    public EmulatorHost Uem => scene.Uem;

    public Guid Integration => scene.Integration;

    /// <summary>
    /// Ids of apps that are on Android devices, not kept as hashes. Without the UEM's agent, which is never denied, and what other
    /// platforms have by the same id, letter case aside: Outlook would be put on both lists.
    /// </summary>
    public IReadOnlyList<string> Android { get; private set; } = [];

    public IReadOnlyList<string> Apple { get; private set; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AppGroupScene> StartAsync()
    {
        var scene = new AppGroupScene(await TagScene.StartAsync(new EmulatorOptions { Devices = 40 }));
        scene.Android = await scene.AppsAsync("Android");
        scene.Apple = await scene.AppsAsync("Apple");
        Assert.True(scene.Android.Count > 5 && scene.Apple.Count > 1);
        return scene;
    }

    /// <summary>Somebody of the organization lists apps; their devices are judged anew.</summary>
    public async Task ListAsync(params IEnumerable<string> apps)
    {
        foreach (var app in apps)
        {
            var listed = await Client.AddOwnIndicatorAsync(
                new SaveOwnIndicator("app-id", app, Level.High, "Case 7", "Ada"),
                Cancel
            );
            indicators[app] = listed.Id;
        }

        await JudgedAsync();
    }

    public async Task UnlistAsync(string app)
    {
        await Client.RemoveOwnIndicatorAsync(indicators[app], Cancel);
        await JudgedAsync();
    }

    public async Task<AppGroupRunView> AcceptAsync()
    {
        var preview = await Client.PreviewAppGroupsAsync(Integration, Cancel);
        return await EndAsync(await Client.AcceptAppGroupsAsync(Integration, preview.Id, Cancel));
    }

    public Task<AppGroupRunView> EndAsync(AppGroupRunView run) =>
        TagScene.UntilAsync(
            () => Client.AppGroupRunAsync(run.Id, Cancel),
            view => view.State is not (RunState.Queued or RunState.Running)
        );

    public Task<AppGroupsView> NowAsync() => Client.AppGroupsAsync(Integration, Cancel);

    /// <summary>The newest run, once it is what the story waits for.</summary>
    public Task<AppGroupRunView> NewestAsync(Func<AppGroupRunView, bool> reached) =>
        TagScene.UntilAsync(async () => (await NowAsync()).LastRun!, run => run is not null && reached(run));

    /// <summary>Waits until the UEM's groups hold just this: "name: app app", in order.</summary>
    public Task HoldsAsync(params string[] groups) =>
        TagScene.UntilAsync(
            () => Task.FromResult(string.Join("; ", Groups())),
            now => now == string.Join("; ", groups)
        );

    public IEnumerable<string> Groups() =>
        Uem
            .AppGroups.All.OrderBy(group => group.Name, StringComparer.Ordinal)
            .Select(group =>
                $"{group.Name}: {string.Join(' ', group.Applications.Select(app => app.BundleId).Order(StringComparer.Ordinal))}"
            );

    public AppGroup Group(string name) => Uem.AppGroups.All.Single(group => group.Name == name);

    public static string Of(string name, params IEnumerable<string> apps) =>
        $"{name}: {string.Join(' ', apps.Order(StringComparer.Ordinal))}";

    /// <summary>An administrator of the UEM makes a group, or puts an app into one.</summary>
    public AppGroup MakeByHand(string name, params IEnumerable<string> apps) =>
        Uem.AppGroups.Create(id =>
            new(
                id,
                name,
                "Blacklist",
                "Android",
                "By hand",
                Uem.OrganizationGroup.Index,
                [.. apps.Select(app => (app, app))]
            )
        );

    public void AddByHand(string group, string app) =>
        Uem.AppGroups.Change(Group(group), had => had with { Applications = had.Applications.Add((app, app)) });

    public void RemoveByHand(string group, string app) =>
        Uem.AppGroups.Change(
            Group(group),
            had => had with { Applications = had.Applications.RemoveAll(one => one.BundleId == app) }
        );

    public async Task<List<LedgerSummary>> WritesAsync() =>
        [
            .. (await scene.WritesAsync())
                .Where(write => write.AppGroupRunId is not null)
                .OrderBy(write => write.WantedAt),
        ];

    public Task<RunView> ReadAsync() => scene.ReadAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    private async Task JudgedAsync()
    {
        await using var db = Picket.OpenDatabase();
        await TagScene.UntilAsync(
            () => db.Devices.CountAsync(row => row.JudgingDue && row.GoneAt == null, Cancel),
            due => due == 0
        );
    }

    private async Task<List<string>> AppsAsync(string platform)
    {
        await using var db = Picket.OpenDatabase();
        var all = await (
            from app in db.Apps
            where !app.Hashed && db.DeviceApps.Any(row => row.AppId == app.Id)
            orderby app.Identifier
            select new { app.Identifier, app.Platform }
        ).ToListAsync(Cancel);
        var elsewhere = all.Where(app => app.Platform != platform)
            .Select(app => app.Identifier)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. all.Where(app => app.Platform == platform && !elsewhere.Contains(app.Identifier))
                .Select(app => app.Identifier)
                .Where(id => !WellKnownApps.IsUemAgent(id)),
        ];
    }
}
