using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.Server.Tests.Sync;

/// <summary>What becomes of the apps on employees' own devices (law 8), from the UEM to the answer.</summary>
public abstract class PersonalAppStories(DatabaseKind kind, TestPostgres postgres)
{
    private protected const string Secret = "com.example.hidden.wish";

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_less_when_it_is_told_to_and_takes_back_what_it_kept()
    {
        await using var scene = await StartAsync();
        await ImportAsync(scene, "patterns", "[app:id LIKE 'com.example.hidden.%']");
        var (corporate, employee) = (Take(scene, "C"), Take(scene, "E"));
        foreach (var device in new[] { corporate, employee })
        {
            scene.Uem.Fleet.Change(device.Id, had => had with { AddedApps = [Secret] });
        }

        await scene.RunAsync();
        await scene.JudgedAsync();
        var (ours, theirs) = (await RowAsync(scene, corporate), await RowAsync(scene, employee));
        Assert.Single(await FindingsAsync(scene, ours, "app.malicious"));
        Assert.Single(await FindingsAsync(scene, theirs, "app.malicious"));

        await SetPrivacyAsync(scene, AppReading.Hashed, AppReading.NotRead);
        await scene.JudgedAsync();
        await LessIsKeptAsync(scene, ours, theirs);
        await scene.RunAsync(RunKind.Device, ours.Id);
        await scene.RunAsync(RunKind.Device, theirs.Id);
        await scene.JudgedAsync();
        await LessIsKeptAsync(scene, ours, theirs);

        await SetPrivacyAsync(scene, AppReading.Clear, AppReading.Hashed);
        await scene.RunAsync(RunKind.Device, theirs.Id);
        await scene.JudgedAsync();
        Assert.Single(await FindingsAsync(scene, theirs, "app.malicious"));
        var audit = await scene
            .Picket.Client.Audit(new AuditFilter { Action = "integration.changed" })
            .ToListAsync(Cancel);
        Assert.Contains("\"EmployeeApps\":\"Hashed\"", audit[^1].Before, StringComparison.Ordinal);
        Assert.Contains("\"EmployeeApps\":\"NotRead\"", audit[^1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_inventories_of_two_integrations_apart_that_read_the_same_devices_at_once()
    {
        await using var scene = await StartAsync();
        var other = await scene.AddIntegrationAsync("Other");

        var runs = new[]
        {
            await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel),
            await scene.Picket.Client.StartRunAsync(other, new StartRun(), Cancel),
        };
        foreach (var run in runs)
        {
            var ended = await scene.EndAsync(run.Id);
            Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        }

        var devices = (await scene.DevicesAsync()).ToLookup(row => row.IntegrationId);
        Assert.Equal(60, devices[other].Count());
        Assert.Equal(
            devices[scene.Integration].Select(row => (row.RemoteId, row.PersonalApps)),
            devices[other].Select(row => (row.RemoteId, row.PersonalApps))
        );
        await using var db = scene.Picket.OpenDatabase();
        var (one, two) = (await HeldAsync(db, scene.Integration), await HeldAsync(db, other));
        Assert.Equal(one, two); // The same rows of the same apps, made once.
        var lost = devices[other].First();
        scene.Uem.Fleet.Remove(scene.Uem.Fleet.ById(lost.RemoteId)!);
        Assert.Equal(RunState.Completed, (await scene.RunAsync()).State);
        devices = (await scene.DevicesAsync()).ToLookup(row => row.IntegrationId);
        Assert.NotNull(devices[scene.Integration].Single(row => row.RemoteId == lost.RemoteId).GoneAt);
        Assert.Null(devices[other].Single(row => row.RemoteId == lost.RemoteId).GoneAt);
    }

    /// <summary>Every presence of an app on the device, with its end.</summary>
    private protected static async Task<List<(Guid Presence, DateTimeOffset? GoneAt)>> HeldByAsync(
        SyncScene scene,
        DeviceRow device
    )
    {
        await using var db = scene.Picket.OpenDatabase();
        var held = await db.DeviceApps.AsNoTracking().Where(row => row.DeviceId == device.Id).ToListAsync(Cancel);
        return [.. held.Select(row => (row.Id, row.GoneAt)).Order()];
    }

    /// <summary>Changes the rules, and waits until what was kept before was looked through.</summary>
    private protected static async Task SetPrivacyAsync(SyncScene scene, AppReading corporate, AppReading employees)
    {
        var view = await scene.Picket.Client.IntegrationAsync(scene.Integration, Cancel);
        var rules = new IntegrationPrivacy { CorporateApps = corporate, EmployeeApps = employees };
        var change = new ChangeIntegration { Privacy = rules };
        await scene.Picket.Client.ChangeIntegrationAsync(scene.Integration, view.Version, change, Cancel);
        await using var db = scene.Picket.OpenDatabase();
        while (await db.Integrations.AnyAsync(row => row.PrivacyDue, Cancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Cancel);
        }
    }

    private protected static async Task LessIsKeptAsync(SyncScene scene, DeviceRow ours, DeviceRow theirs)
    {
        await using var db = scene.Picket.OpenDatabase();
        var kept = await (
            from held in db.DeviceApps
            join device in db.Devices on held.DeviceId equals device.Id
            join app in db.Apps on held.AppId equals app.Id
            where !held.Managed
            select new { device.Ownership, app.Hashed }
        ).ToListAsync(Cancel);
        Assert.NotEmpty(kept);
        Assert.All(kept, app => Assert.True(app is { Hashed: true, Ownership: "C" or "S" }, $"{app}"));
        var finding = Assert.Single(await FindingsAsync(scene, ours, "app.malicious"));
        Assert.DoesNotContain("wish", finding.Evidence.Matched, StringComparison.Ordinal);
        Assert.Empty(await FindingsAsync(scene, theirs, "app.malicious"));
        var row = await db.Devices.AsNoTracking().SingleAsync(row => row.Id == theirs.Id, Cancel);
        Assert.Equal((DetailState.Limited, 0), (row.AppsState, row.PersonalApps));
        Assert.Contains(FindingJson.ReadUnknowns(row.Unknowns), spot => spot.Cause == "HiddenByPrivacy");
    }

    private protected static async Task<List<(int Device, Guid App)>> HeldAsync(PicketDbContext db, Guid integration)
    {
        var held = await (
            from app in db.DeviceApps
            join device in db.Devices on app.DeviceId equals device.Id
            where device.IntegrationId == integration
            select new { device.RemoteId, app.AppId }
        ).ToListAsync(Cancel);
        return [.. held.Select(row => (row.RemoteId, row.AppId)).Order()];
    }

    private protected async Task<SyncScene> StartAsync() =>
        await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 60 },
            kind is DatabaseKind.Postgres
                ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
                : null
        );

    /// <summary>An enrolled Android device whose organization group does not hide personal apps.</summary>
    private protected static Device Take(SyncScene scene, string ownership)
    {
        var groups = scene
            .Uem.Groups.All.Where(group => !group.HidesPersonalApps)
            .Select(group => group.Index)
            .ToHashSet();
        return scene.Uem.Fleet.All.First(device =>
            device is { IsEnrolled: true, Platform: DevicePlatform.Android }
            && device.Ownership == ownership
            && groups.Contains(device.Group)
        );
    }

    private protected static async Task<DeviceRow> RowAsync(SyncScene scene, Device device) =>
        (await scene.DevicesAsync()).Single(row => row.RemoteId == device.Id);

    private protected static async Task<IReadOnlyList<FindingView>> FindingsAsync(
        SyncScene scene,
        DeviceRow device,
        string kind
    ) =>
        (
            await scene
                .Picket.Client.Findings(new FindingFilter { Kind = kind, DeviceId = device.Id })
                .PageAsync(Cancel)
        ).Items;

    private protected static async Task<(int Apps, int Devices)> HashedAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var held = await (
            from each in db.DeviceApps
            join app in db.Apps on each.AppId equals app.Id
            where each.GoneAt == null && app.Hashed
            select each.DeviceId
        ).ToListAsync(Cancel);
        return (held.Count, held.Distinct().Count());
    }

    private protected static async Task<FeedView> ImportAsync(SyncScene scene, string name, string pattern)
    {
        var bundle = $$"""
            {"type":"bundle","objects":[{"type":"indicator","id":"indicator--1","pattern":"{{pattern}}","pattern_type":"stix"}]}
            """;
        return await scene.Picket.Client.ImportFeedAsync(
            name,
            new MemoryStream(Encoding.UTF8.GetBytes(bundle)),
            cancellationToken: Cancel
        );
    }

    private protected static async Task NothingInClearAsync(SyncScene scene, string app)
    {
        await using var db = scene.Picket.OpenDatabase();
        Assert.False(await db.Apps.AnyAsync(row => row.Identifier == app, Cancel));
        Assert.False(await db.Findings.AnyAsync(row => row.Detail.Contains(app), Cancel));
        Assert.DoesNotContain(app, scene.Picket.Logs.All, StringComparison.Ordinal);
    }
}

public sealed class PersonalAppTests(TestPostgres postgres) : PersonalAppStories(DatabaseKind.Sqlite, postgres)
{
    [Fact]
    public async Task Tests_personal_apps_against_the_patterns_in_force_while_they_are_read()
    {
        await using var scene = await StartAsync();
        await ImportAsync(scene, "patterns", "[app:id LIKE 'com.example.hidden.%']");
        var employee = Take(scene, "E");
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret] });

        await scene.RunAsync();
        await scene.JudgedAsync();

        var row = await RowAsync(scene, employee);
        var finding = Assert.Single(await FindingsAsync(scene, row, "app.malicious"));
        Assert.Contains("hidden", finding.Evidence.Matched, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "wish",
            $"{finding}{finding.Evidence}{finding.Evidence.Facts["advice"]}",
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Untested", row.Unknowns, StringComparison.Ordinal);
        await NothingInClearAsync(scene, Secret);
    }

    [Fact]
    public async Task Says_how_many_personal_apps_a_new_pattern_was_not_tested_on_until_they_are_read_again()
    {
        await using var scene = await StartAsync();
        var employee = Take(scene, "E");
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret] });
        await scene.RunAsync();
        await scene.JudgedAsync();

        var feed = await ImportAsync(scene, "patterns", "[app:id LIKE 'com.example.hidden.%']");
        await scene.JudgedAsync();

        var blind = await RowAsync(scene, employee);
        var spot = FindingJson.ReadUnknowns(blind.Unknowns).Single(spot => spot.Cause == "Untested");
        Assert.True(spot.Required);
        Assert.Contains($"{blind.PersonalApps} personal apps", spot.Reason, StringComparison.Ordinal);
        Assert.NotEqual(RiskLevel.Secure, blind.Level);
        Assert.Empty(await FindingsAsync(scene, blind, "app.malicious"));
        var hunted = await scene.Picket.Client.HuntFeedAsync(feed.Id, cancellationToken: Cancel);
        var (apps, devices) = await HashedAsync(scene);
        Assert.Contains($"not tried on {apps} hashed personal apps, on {devices} devices", hunted.Note);
        Assert.Equal((0, apps, devices), await AnsweredAsync());

        await scene.RunAsync(RunKind.Device, blind.Id);
        await scene.JudgedAsync();
        hunted = await scene.Picket.Client.HuntFeedAsync(feed.Id, cancellationToken: Cancel);
        Assert.DoesNotContain($"not tried on {apps} hashed", hunted.Note);
        Assert.Single(hunted.Items);
        var (now, left, on) = await AnsweredAsync();
        Assert.Equal(1, now);
        Assert.True(on < devices && left < apps, $"{left} apps on {on} devices, before {apps} on {devices}");
        var kept = await scene.Picket.Client.SaveHuntAsync(
            new SaveHunt("Feed", HuntKind.Feed, "patterns", "Blue team", "Case 17"),
            Cancel
        );
        Assert.Equal((1, left, on), (kept.Now, kept.UnansweredApps, kept.UnansweredDevices));

        var seen = await RowAsync(scene, employee);
        Assert.DoesNotContain("Untested", seen.Unknowns, StringComparison.Ordinal);
        Assert.Single(await FindingsAsync(scene, seen, "app.malicious"));

        async Task<(int Now, int Apps, int Devices)> AnsweredAsync()
        {
            var answer = await scene.Picket.Client.HuntAsync(HuntKind.Feed, "patterns", Cancel);
            return (answer.Now, answer.UnansweredApps, answer.UnansweredDevices);
        }
    }

    [Fact]
    public async Task Tells_who_has_a_personal_app_to_who_asks_for_its_exact_id_and_writes_down_who_did()
    {
        await using var scene = await StartAsync();
        var employee = Take(scene, "E");
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret] });
        await scene.RunAsync();
        var row = await RowAsync(scene, employee);

        var holders = await scene.Picket.Client.AppHolders(Secret).PageAsync(Cancel);
        var devices = await scene.Picket.Client.Devices(new() { App = Secret }).PageAsync(Cancel);
        var search = await scene.Picket.Client.Apps(new() { Search = "com.example.hidden" }).PageAsync(Cancel);

        Assert.Equal(row.Id, Assert.Single(holders.Items).DeviceId);
        Assert.Equal(row.Id, Assert.Single(devices.Items).Id);
        Assert.Empty(search.Items);
        var covered = (await scene.DevicesAsync()).Count(device => device.PersonalApps > 0);
        Assert.Contains($"Personal apps of {covered} devices", search.Note, StringComparison.Ordinal);
        await using var db = scene.Picket.OpenDatabase();
        var traces = await db.Audit.Where(entry => entry.Action == "app.holders-read").ToListAsync(Cancel);
        Assert.Equal([Secret, Secret], traces.Select(trace => trace.Subject));
    }

    [Fact]
    public async Task Hides_what_it_knew_in_clear_when_a_device_becomes_an_employees_own()
    {
        await using var scene = await StartAsync();
        await ImportAsync(scene, "patterns", "[app:id LIKE 'com.example.hidden.%']");
        var corporate = Take(scene, "C");
        scene.Uem.Fleet.Change(corporate.Id, device => device with { AddedApps = [Secret, "com.example.gone.soon"] });
        await scene.RunAsync();
        var row = await RowAsync(scene, corporate);
        scene.Uem.Fleet.Change(corporate.Id, device => device with { AddedApps = [Secret] });
        await scene.RunAsync(RunKind.Device, row.Id);
        await scene.JudgedAsync();
        Assert.Equal(Secret, Assert.Single(await FindingsAsync(scene, row, "app.malicious")).Evidence.Matched);

        scene.Uem.Fleet.Change(corporate.Id, device => device with { Ownership = "E" });
        var run = await scene.RunAsync();
        await scene.JudgedAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        row = await RowAsync(scene, corporate);
        var apps = (await scene.Picket.Client.DeviceApps(row.Id, limit: 500).PageAsync(Cancel)).Items;
        Assert.All(apps.Where(app => !app.Managed), app => Assert.Null(app.AppId));
        Assert.Equal(row.PersonalApps, apps.Count(app => app is { Managed: false, RemovedAt: null }));
        Assert.Contains(apps, app => app is { AppId: null, RemovedAt: not null });
        var finding = Assert.Single(await FindingsAsync(scene, row, "app.malicious"));
        Assert.DoesNotContain("wish", finding.Evidence.Matched, StringComparison.Ordinal);
        var holder = Assert.Single((await scene.Picket.Client.AppHolders(Secret).PageAsync(Cancel)).Items);
        Assert.Equal(row.Id, holder.DeviceId);
        await using var db = scene.Picket.OpenDatabase();
        var change = await db.DeviceChanges.SingleAsync(change => change.Attribute == "ownership", Cancel);
        Assert.Equal(run.Id, change.RunId);
    }

    [Fact]
    public async Task Keeps_apps_of_employees_in_clear_on_nobodys_word()
    {
        await using var scene = await StartAsync();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            SetPrivacyAsync(scene, AppReading.NotRead, AppReading.Clear)
        );

        Assert.Equal(["privacy.corporateApps", "privacy.employeeApps"], refused.Problem.Errors!.Keys.Order());
    }

    [Fact]
    public async Task Tells_in_the_history_of_a_device_which_apps_came_and_went_and_which_run_saw_it()
    {
        await using var scene = await StartAsync();
        var corporate = Take(scene, "C");
        var first = await scene.RunAsync();
        var row = await RowAsync(scene, corporate);
        scene.Uem.Fleet.Change(corporate.Id, device => device with { AddedApps = ["com.example.brief"] });
        var came = await scene.RunAsync(RunKind.Device, row.Id);
        scene.Uem.Fleet.Change(corporate.Id, device => device with { AddedApps = [] });
        var went = await scene.RunAsync(RunKind.Device, row.Id);

        var history = new List<HistoryEntry>();
        string? cursor = null;
        do
        {
            var page = await scene.Picket.Client.DeviceHistory(row.Id, cursor, 5).PageAsync(Cancel);
            history.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);

        var brief = history.Where(entry => entry is { Kind: "App", Name: "com.example.brief" }).ToList();
        Assert.Equal([went.Id, came.Id], brief.Select(entry => entry.RunId!.Value));
        Assert.Equal([true, false], brief.Select(entry => entry.After is null));
        var others = history.Where(entry => entry.Kind == "App").Except(brief).ToList();
        Assert.All(others, entry => Assert.Equal(first.Id, entry.RunId));
        await using var db = scene.Picket.OpenDatabase();
        var held = await db.DeviceApps.CountAsync(app => app.DeviceId == row.Id, Cancel);
        Assert.Equal(held + 1, others.Count + brief.Count);
        Assert.Equal(history.Count, history.Distinct().Count());
        Assert.Equal(history.OrderByDescending(entry => entry.At).Select(entry => entry.At), history.Select(e => e.At));
    }

    [Fact]
    public async Task Takes_no_app_for_gone_that_the_UEM_hides_by_now_or_that_an_empty_list_lacks()
    {
        await using var scene = await StartAsync();
        await ImportAsync(scene, "exact", $"[app:id = '{Secret}']");
        var employee = Take(scene, "E");
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret] });
        await scene.RunAsync();
        await scene.JudgedAsync();
        var seen = await RowAsync(scene, employee);
        Assert.Equal(DetailState.Known, seen.AppsState);
        var shown = await HeldByAsync(scene, seen);
        var hunt = new SaveHunt("Spy", HuntKind.App, Secret, "Blue team", "Case 17");
        var saved = await scene.Picket.Client.SaveHuntAsync(hunt, Cancel);

        var hiding = scene.Uem.Groups.All.First(group => group.HidesPersonalApps).Index;
        scene.Uem.Fleet.Change(employee.Id, device => device with { Group = hiding });
        await scene.RunAsync(RunKind.Device, seen.Id);
        await scene.JudgedAsync();

        await NothingIsGoneAsync(DetailState.Limited);
        Assert.True((await RowAsync(scene, employee)).AppsReadAt > seen.AppsReadAt);
        var evidence = await scene.Picket.Client.EvidenceAsync(seen.Id, Cancel);
        var finding = Assert.Single(evidence.Findings, finding => finding.Kind == "app.malicious");
        Assert.Equal(seen.AppsReadAt, Assert.Single(finding.Facts).CollectedAt);

        scene.Uem.Faults = FaultScript.Of(
            new FaultRule { Path = $"devices/{employee.Uuid}/apps", Action = FaultAction.Nothing }
        );
        var limited = await RowAsync(scene, employee);
        await scene.RunAsync(RunKind.Device, seen.Id);
        await scene.JudgedAsync();

        await NothingIsGoneAsync(DetailState.Limited);
        Assert.Equal(limited.AppsReadAt, (await RowAsync(scene, employee)).AppsReadAt);

        scene.Uem.Faults = new FaultScript();
        scene.Uem.Fleet.Change(employee.Id, device => device with { Group = employee.Group });
        await scene.RunAsync(RunKind.Device, seen.Id);
        Assert.Equal(DetailState.Known, (await RowAsync(scene, employee)).AppsState);
        Assert.Equal(shown, await HeldByAsync(scene, seen));
        Assert.Equal((1, 0, 0), Counts(await scene.Picket.Client.RunHuntAsync(saved.Id, Cancel)));

        async Task NothingIsGoneAsync(DetailState state)
        {
            var row = await RowAsync(scene, employee);
            Assert.Equal((state, seen.PersonalApps), (row.AppsState, row.PersonalApps));
            Assert.Equal(shown, await HeldByAsync(scene, seen));
            var hit = Assert.Single(await scene.Picket.Client.HuntHits(HuntKind.App, Secret).ToListAsync(Cancel));
            Assert.Equal((true, seen.AppsReadAt), (hit.HasNow, hit.LastSeenAt));
        }

        static (int, int, int) Counts(SavedHunt hunt) => (hunt.Now, hunt.Had, hunt.New);
    }

    [Fact]
    public async Task Says_that_an_app_was_not_there_only_by_readings_that_could_have_seen_it()
    {
        await using var scene = await StartAsync();
        var employee = Take(scene, "E");
        var hiding = scene.Uem.Groups.All.First(group => group.HidesPersonalApps).Index;
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret], Group = hiding });
        await scene.RunAsync();
        var row = await RowAsync(scene, employee);
        await using var db = scene.Picket.OpenDatabase();
        var managed = await db
            .Apps.Where(app =>
                db.DeviceApps.Any(held => held.AppId == app.Id && held.DeviceId == row.Id && held.Managed)
            )
            .Select(app => app.Identifier)
            .FirstAsync(Cancel);
        scene.Uem.Fleet.Change(employee.Id, device => device with { RemovedApps = [managed] });
        await scene.RunAsync(RunKind.Device, row.Id);
        scene.Uem.Fleet.Change(employee.Id, device => device with { Group = employee.Group, RemovedApps = [] });
        await scene.RunAsync(RunKind.Device, row.Id);
        var opened = await RowAsync(scene, employee);
        scene.Uem.Fleet.Change(employee.Id, device => device with { AddedApps = [Secret, $"{Secret}.later"] });
        await scene.RunAsync(RunKind.Device, row.Id);

        Assert.Null((await HitAsync(Secret)).NotBefore); // Only managed apps were shown before.
        Assert.Equal(opened.AppsReadAt, (await HitAsync($"{Secret}.later")).NotBefore);

        async Task<HuntHit> HitAsync(string app) =>
            await scene.Picket.Client.HuntHits(HuntKind.App, app).SingleAsync(hit => hit.DeviceId == row.Id, Cancel);
    }
}

public sealed class PersonalAppPostgresTests(TestPostgres postgres)
    : PersonalAppStories(DatabaseKind.Postgres, postgres);
