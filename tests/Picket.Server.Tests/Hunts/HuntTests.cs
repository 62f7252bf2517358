using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Hunts;
using Picket.Server.Inventory;
using Picket.Server.Retention;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Hunts;

/// <summary>The history is asked who has something or had it, once and again.</summary>
public abstract class HuntStories
{
    private readonly PicketApplication picket;
    private readonly InventorySeed seed;
    private readonly string spy;

    protected HuntStories(RunningPicket running)
    {
        (picket, seed) = (running.Application, new InventorySeed(running.Application.OpenDatabase));
        spy = $"com.spy.a{seed.Integration:N}";
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PicketClient Client => picket.Client;

    [Fact]
    public async Task Tells_who_has_an_app_who_had_it_and_from_when_to_when()
    {
        var (has, had, left, none) = (Android("Has"), Android("Had"), Android("Left"), Android("None"));
        left.GoneAt = InventorySeed.Day(9);
        (has.AppsReadAt, has.AppsWholeAt, has.AppsWholeSince) = (
            InventorySeed.Day(10),
            InventorySeed.Day(10),
            InventorySeed.Day(1)
        );
        var (app, other) = (App(spy), App($"{spy}.other"));
        await seed.SaveAsync(
            has,
            had,
            left,
            none,
            app,
            other,
            InventorySeed.Held(has, other, 1),
            InventorySeed.Held(has, app, 3),
            InventorySeed.Held(had, app, 2, until: 5),
            InventorySeed.Held(left, app, 4)
        );

        var answer = await Client.HuntAsync(HuntKind.App, spy.ToUpperInvariant(), Cancel);
        var hits = await Client
            .HuntHits(HuntKind.App, spy)
            .ToDictionaryAsync(hit => hit.DeviceName, cancellationToken: Cancel);

        Assert.Equal((true, 1, 2), (answer.Testable, answer.Now, answer.Had));
        Assert.Equal(["Had", "Has", "Left"], hits.Keys.Order());
        // It came between the reading that saw another app alone and the one that saw it.
        Assert.Equal(
            (true, InventorySeed.Day(3), InventorySeed.Day(1), InventorySeed.Day(10), null),
            (
                hits["Has"].HasNow,
                hits["Has"].FirstSeenAt,
                hits["Has"].NotBefore,
                hits["Has"].LastSeenAt,
                hits["Has"].GoneBy
            )
        );
        Assert.Equal(
            (false, InventorySeed.Day(2), null, InventorySeed.Day(5)),
            (hits["Had"].HasNow, hits["Had"].FirstSeenAt, hits["Had"].NotBefore, hits["Had"].GoneBy)
        );
        Assert.Equal(InventorySeed.Day(9), hits["Left"].GoneBy);
        Assert.Equal(
            "Has",
            Assert.Single(await Client.HuntHits(HuntKind.App, spy, HuntState.Now).ToListAsync(Cancel)).DeviceName
        );
        Assert.Equal(2, (await Client.HuntHits(HuntKind.App, spy, HuntState.Had, limit: 1).ToListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Tells_each_time_that_it_was_there_and_none_between_them()
    {
        var name = $"feed-{seed.Integration:N}";
        var device = Android("Again");
        (device.AppsReadAt, device.OsVersion) = (InventorySeed.Day(12), "89.5");
        var (app, other) = (App(spy), App($"{spy}.other"));
        await seed.SaveAsync(
            device,
            app,
            other,
            InventorySeed.Held(device, app, 1, until: 3),
            InventorySeed.Held(device, app, 3, until: 4), // Another version.
            InventorySeed.Held(device, app, 8),
            InventorySeed.Held(device, other, 2, until: 9),
            DeviceHistory.Change(device.Id, InventorySeed.Day(3), "osVersion", "89.4", "90"),
            DeviceHistory.Change(device.Id, InventorySeed.Day(7), "osVersion", "90", "89.4"),
            DeviceHistory.Change(device.Id, InventorySeed.Day(8), "osVersion", "89.4", "89.5")
        );
        await ImportAsync(name, spy, $"{spy}.other");

        var hit = await OneAsync(HuntKind.App, spy);
        var ofFeed = await OneAsync(HuntKind.Feed, name);
        var version = await OneAsync(HuntKind.OsVersion, "89.4..89.5");

        Assert.Equal([(spy, 1, null, 4), (spy, 8, 4, null)], Told(hit));
        Assert.Equal((true, InventorySeed.Day(1), null), (hit.HasNow, hit.FirstSeenAt, hit.GoneBy));
        Assert.Equal([(spy, 1, null, 4), ($"{spy}.other", 2, null, 9), (spy, 8, 4, null)], Told(ofFeed));
        Assert.Equal([("89.4", 0, null, 3), ("89.5", 7, 3, null)], Told(version));
        Assert.Equal(0, hit.EarlierPeriods);

        async Task<HuntHit> OneAsync(HuntKind kind, string value) =>
            Assert.Single(await Client.HuntHits(kind, value).ToListAsync(Cancel));

        static List<(string Value, int From, int? NotBefore, int? GoneBy)> Told(HuntHit hit) =>
            [
                .. hit.Periods.Select(period =>
                    (period.Value, DayOf(period.FirstSeenAt)!.Value, DayOf(period.NotBefore), DayOf(period.GoneBy))
                ),
            ];

        static int? DayOf(DateTimeOffset? at) => (int?)(at - InventorySeed.Day(0))?.TotalDays;
    }

    [Fact]
    public async Task Finds_a_hashed_app_by_its_exact_id_and_says_of_how_many_a_pattern_tells_nothing()
    {
        var (corporate, employees) = (Android("Corporate"), Android("Employee's", ownership: "E"));
        employees.PersonalApps = 1;
        var (clear, hashed) = (App(spy), App(picket.Service<PersonalApps>().HashOf(spy), hashed: true));
        await seed.SaveAsync(
            corporate,
            employees,
            clear,
            hashed,
            InventorySeed.Held(corporate, clear, 1),
            InventorySeed.Held(employees, hashed, 2)
        );
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));
        using var approver = await Colleague.JoinAsync(picket, new Grant(Role.Approver, seed.Integration));

        var exact = await analyst.Client.HuntAsync(HuntKind.App, spy, Cancel);
        var pattern = await analyst.Client.HuntAsync(HuntKind.AppPattern, spy[..^4] + "*", Cancel);
        var without = await approver.Client.HuntAsync(HuntKind.App, spy, Cancel);

        Assert.Equal((2, null), (exact.Now, exact.Note));
        Assert.Equal((1, 1, 1), (pattern.Now, pattern.UnansweredApps, pattern.UnansweredDevices));
        Assert.Equal((1, PersonalApps.NotShown), (without.Now, without.Note));
        var kept = await SaveAsync(HuntKind.AppPattern, spy[..^4] + "*");
        var seen = await analyst.Client.HuntAsync(kept.Id, Cancel);
        Assert.Equal((1, 1, 1), (seen.Now, seen.UnansweredApps, seen.UnansweredDevices));
        Assert.Equal(pattern.NotSeen, seen.NotSeen);
        var listed = await analyst.Client.Hunts().SingleAsync(each => each.Id == kept.Id, Cancel);
        Assert.Equal((seen.NotSeen, 1, 1), (listed.NotSeen, listed.UnansweredApps, listed.UnansweredDevices));
        var hits = await analyst.Client.HuntHits(HuntKind.App, spy).ToListAsync(Cancel);
        Assert.Equal([spy, spy], hits.Select(hit => hit.Value));
        Assert.Equal(
            "Corporate",
            Assert.Single(await approver.Client.HuntHits(HuntKind.App, spy).ToListAsync(Cancel)).DeviceName
        );
        await using var db = picket.OpenDatabase();
        Assert.True(await db.Audit.AnyAsync(each => each.Action == "app.holders-read" && each.Subject == spy, Cancel));
    }

    [Fact]
    public async Task Tells_who_ran_a_version_a_patch_level_or_a_model_from_the_history_of_changes()
    {
        var model = $"Model {seed.Integration:N}";
        var (still, updated, never) = (Android("Still"), Android("Updated"), Android("Never"));
        foreach (var device in new[] { still, updated, never })
        {
            (device.OsVersion, device.Model) = ("97.5", model);
        }

        (updated.OsVersion, updated.SecurityPatchDate) = ("98", new DateOnly(2026, 1, 5));
        never.OsVersion = "99";
        await seed.SaveAsync(
            still,
            updated,
            never,
            DeviceHistory.Change(updated.Id, InventorySeed.Day(6), "osVersion", "97.5", "98"),
            DeviceHistory.Change(updated.Id, InventorySeed.Day(6), "securityPatch", "1997-12-05", "2026-01-05")
        );
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));

        var versions = await analyst.Client.HuntAsync(HuntKind.OsVersion, "Android >=97 <98", Cancel);
        var patch = await analyst.Client.HuntAsync(HuntKind.PatchLevel, "<1998-01-01", Cancel);
        var models = await analyst.Client.HuntAsync(HuntKind.Model, model.ToUpperInvariant(), Cancel);

        Assert.Equal((1, 1), (versions.Now, versions.Had));
        Assert.Equal((0, 1, 2), (patch.Now, patch.Had, patch.NotSeen));
        Assert.Equal((3, 0), (models.Now, models.Had));
        Assert.Equal(0, (await analyst.Client.HuntAsync(HuntKind.OsVersion, "iOS 97.5", Cancel)).Now);
        var had = Assert.Single(
            await analyst.Client.HuntHits(HuntKind.OsVersion, "97.5", HuntState.Had).ToListAsync(Cancel)
        );
        Assert.Equal(
            ("Updated", "97.5", InventorySeed.Day(0), InventorySeed.Day(6)),
            (had.DeviceName, had.Value, had.FirstSeenAt, had.GoneBy)
        );
    }

    [Fact]
    public async Task Says_honestly_what_a_uem_cannot_tell_and_refuses_what_it_does_not_understand()
    {
        var domain = await Client.HuntAsync(HuntKind.Domain, "bad.example", Cancel);
        var mistake = await Assert.ThrowsAsync<PicketApiException>(() =>
            Client.HuntAsync(HuntKind.OsVersion, "newest", Cancel)
        );
        var kept = await Assert.ThrowsAsync<PicketApiException>(() =>
            Client.SaveHuntAsync(new SaveHunt("", HuntKind.Domain, "bad.example", "me", " "), Cancel)
        );

        Assert.False(domain.Testable);
        Assert.StartsWith("Not testable from UEM data", domain.Note);
        Assert.Equal(HttpStatusCode.BadRequest, mistake.Status);
        Assert.Contains("18.5", mistake.Problem.Errors!["value"][0], StringComparison.Ordinal);
        Assert.Equal(["name", "reason", "value"], kept.Problem.Errors!.Keys.Order());
    }

    [Fact]
    public async Task A_saved_hunt_tells_what_is_new_since_it_was_looked_at()
    {
        var (before, after) = (Android("Before"), Android("After"));
        var app = App(spy);
        await seed.SaveAsync(before, app, InventorySeed.Held(before, app, 1));
        var hunt = await SaveAsync(HuntKind.App, spy);
        Assert.Equal((1, 0, 0), (hunt.Now, hunt.Had, hunt.New));

        await seed.SaveAsync(after, InventorySeed.Held(after, app, 2));
        picket.Service<HuntSignal>().Raise(seed.Integration); // As a full run does.
        var found = await UntilAsync(hunt.Id, each => each.New > 0);

        Assert.Equal((2, 1), (found.Now, found.New));
        var news = await Client.HuntHits(hunt.Id, HuntState.New).ToListAsync(Cancel);
        Assert.Equal("After", Assert.Single(news).DeviceName);
        Assert.Equal(0, (await Client.LookedAtHuntAsync(hunt.Id, Cancel)).New);
        Assert.Empty(await Client.HuntHits(hunt.Id, HuntState.New).ToListAsync(Cancel));
        Assert.Equal(0, (await Client.RunHuntAsync(hunt.Id, Cancel)).New);

        var twice = await Assert.ThrowsAsync<PicketApiException>(() => SaveAsync(HuntKind.App, spy, hunt.Name));
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
        await Client.RemoveHuntAsync(hunt.Id, Cancel);
        await Assert.ThrowsAsync<PicketApiException>(() => Client.HuntAsync(hunt.Id, Cancel));
    }

    [Fact]
    public async Task A_saved_hunt_that_fails_says_so_and_keeps_no_other_from_running()
    {
        await using var db = picket.OpenDatabase();
        if (db.Database.IsNpgsql())
        {
            return; // The trigger that breaks the hunt is SQLite's.
        }

        var device = Android("Found");
        var app = App(spy);
        await seed.SaveAsync(device, app);
        var (broken, whole) = (await SaveAsync(HuntKind.App, spy), await SaveAsync(HuntKind.App, spy));
        var trigger =
            "CREATE TRIGGER broken BEFORE UPDATE OF \"LastRunAt\" ON hunts WHEN OLD.\"Name\" = '"
            + broken.Name
            + "' BEGIN SELECT RAISE(ABORT, 'It is broken.'); END";
        await db.Database.ExecuteSqlRawAsync(trigger, Cancel);

        await seed.SaveAsync(InventorySeed.Held(device, app, 1));
        picket.Service<HuntSignal>().Raise(seed.Integration);
        await UntilAsync(whole.Id, each => each.New == 1);

        var failed = await Client.HuntAsync(broken.Id, Cancel);
        Assert.Equal(0, failed.Now);
        Assert.Contains("It is broken.", failed.Note, StringComparison.Ordinal);
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER broken", Cancel);
        Assert.Equal((1, null), await NowAsync(broken));

        async Task<(int, string?)> NowAsync(SavedHunt hunt)
        {
            var run = await Client.RunHuntAsync(hunt.Id, Cancel);
            return (run.Now, run.Note);
        }
    }

    [Fact]
    public async Task A_new_version_of_a_feed_is_answered_for_today_and_for_the_past()
    {
        var name = $"feed-{seed.Integration:N}";
        var (has, had) = (Android("Has"), Android("Had"));
        var (app, old) = (App(spy), App($"{spy}.old"));
        await seed.SaveAsync(
            has,
            had,
            app,
            old,
            InventorySeed.Held(has, app, 1),
            InventorySeed.Held(had, old, 1, until: 2)
        );
        var feed = await ImportAsync(name, "com.example.on.no.device");
        var hunt = await SaveAsync(HuntKind.Feed, name);
        Assert.Equal((0, 0), (hunt.Now, hunt.Had));

        await ImportAsync(name, "com.example.on.no.device", spy, $"{spy}.old");
        var found = await UntilAsync(hunt.Id, each => each.New == 2);
        var rows = await Client.HuntFeedAsync(feed.Id, cancellationToken: Cancel);

        Assert.Equal((1, 1), (found.Now, found.Had));
        Assert.Equal([(spy, 1, 0), ($"{spy}.old", 0, 1)], rows.Items.Select(row => (row.Value, row.Now, row.Had)));
        Assert.Contains("2 new indicators", rows.Note, StringComparison.Ordinal);
        Assert.Equal(2, (await Client.HuntHits(HuntKind.Feed, name).ToListAsync(Cancel)).Count);
        var lost = await Assert.ThrowsAsync<PicketApiException>(() =>
            Client.HuntFeedAsync(feed.Id, Guid.NewGuid(), Cancel)
        );
        Assert.Equal(HttpStatusCode.NotFound, lost.Status);
    }

    [Fact]
    public async Task What_a_feed_lists_of_versions_patch_levels_and_models_is_answered_as_well()
    {
        var (name, major) = ($"systems-{seed.Integration:N}", 500 + Math.Abs(seed.Integration.GetHashCode() % 400));
        var (runs, ran, patched, model) = (Android("Runs"), Android("Ran"), Android("Patched"), Android("Model"));
        var apple = seed.Device("Apple");
        (runs.OsVersion, ran.OsVersion, apple.OsVersion) = ($"{major}.1", $"{major + 1}", $"{major}.1");
        patched.SecurityPatchDate = new DateOnly(2026, 1, 5);
        model.Model = $"Google Pixel {seed.Integration:N}";
        await seed.SaveAsync(
            runs,
            ran,
            patched,
            model,
            apple,
            DeviceHistory.Change(ran.Id, InventorySeed.Day(6), "osVersion", $"{major}.1", $"{major + 1}"),
            DeviceHistory.Change(patched.Id, InventorySeed.Day(4), "securityPatch", $"1{major}-02-05", "2026-01-05")
        );
        var feed = await ImportCsvAsync(
            name,
            $"os-version,>={major} <{major + 1},android",
            $"patch-level,1{major}-01-01..1{major}-03-01,android",
            $"device-model,pixel {seed.Integration:N},android",
            "device-model,Nobody's Phone,android",
            $"app-id,{spy},android"
        );

        var rows = (await Client.HuntFeedAsync(feed.Id, cancellationToken: Cancel)).Items;
        var answer = await Client.HuntAsync(HuntKind.Feed, name, Cancel);
        var hits = await Client.HuntHits(HuntKind.Feed, name).ToDictionaryAsync(hit => hit.DeviceName, null, Cancel);
        var saved = await SaveAsync(HuntKind.Feed, name);

        Assert.Equal(
            [("DeviceModel", 1, 0), ("OsVersion", 1, 1), ("PatchLevel", 0, 1)],
            rows.Select(row => (row.Kind, row.Now, row.Had)).Order()
        );
        foreach (var row in rows)
        {
            var behind = await Client.HuntAsync(row.Hunt, row.HuntValue, Cancel);
            Assert.Equal((row.Now, row.Had), (behind.Now, behind.Had)); // Each number leads to its rows.
        }

        Assert.Equal((2, 2), (answer.Now, answer.Had));
        Assert.Equal(["Model", "Patched", "Ran", "Runs"], hits.Keys.Order());
        Assert.Equal(($"{major}.1", InventorySeed.Day(6)), (hits["Ran"].Value, hits["Ran"].GoneBy));
        Assert.Equal((2, 2), (saved.Now, saved.Had));
        Assert.Contains("the system version of", answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rejected_version_brought_is_new_when_a_later_one_brings_it_into_force()
    {
        var name = $"feed-{seed.Integration:N}";
        var (has, employees) = (Android("Has"), Android("Employee's", ownership: "E"));
        var (app, hashed) = (App(spy), App(picket.Service<PersonalApps>().HashOf($"{spy}.own"), hashed: true));
        await seed.SaveAsync(
            has,
            employees,
            app,
            hashed,
            InventorySeed.Held(has, app, 1),
            InventorySeed.Held(employees, hashed, 1)
        );
        string[] before = [.. Enumerable.Range(0, 40).Select(each => $"com.example.on.no.device{each}")];
        var feed = await ImportAsync(name, before);
        var waits = await ImportAsync(name, spy);
        await Client.RejectFeedAsync(feed.Id, waits.Aside!.Version.Id, Cancel);
        await ImportAsync(name, [.. before, spy]);
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));

        var rows = await analyst.Client.HuntFeedAsync(feed.Id, cancellationToken: Cancel);

        Assert.Equal((spy, 1), Assert.Single(rows.Items.Select(row => (row.Value, row.Now))));
        Assert.Contains("1 new indicators", rows.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("hashed", rows.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_the_devices_without_apps_as_the_list_that_the_number_leads_to()
    {
        var (known, limited, never) = (Android("Known"), Android("Limited"), Android("Never"));
        (known.AppsReadAt, known.AppsState) = (InventorySeed.Day(1), DetailState.Known);
        (limited.AppsReadAt, limited.AppsState) = (InventorySeed.Day(1), DetailState.Limited);
        await seed.SaveAsync(known, limited, never);
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, seed.Integration));

        var answer = await analyst.Client.HuntAsync(HuntKind.App, spy, Cancel);
        var listed = await analyst
            .Client.Devices(new DeviceFilter { Fact = "Apps", FactAge = FactAge.Never })
            .ToListAsync(Cancel);

        Assert.Equal(["Limited", "Never"], listed.Select(device => device.FriendlyName).Order());
        Assert.Equal(listed.Count, answer.NotSeen);
    }

    [Fact]
    public async Task What_is_older_than_it_may_be_is_deleted_and_what_is_of_the_present_stays()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (stays, left) = (Android("Stays"), Android("Left"));
        left.GoneAt = now.AddDays(-500);
        var (app, gone) = (App(spy), App($"{spy}.gone"));
        var (kept, old) = (InventorySeed.Held(stays, app, 1), InventorySeed.Held(stays, gone, 1));
        old.GoneAt = now.AddDays(-401);
        var ended = seed.Finding(stays, "device.compromised", now.AddDays(-401));
        var recent = seed.Finding(stays, "device.no-passcode", now.AddDays(-399));
        var reading = new MembershipReadingRow { Id = Guid.CreateVersion7(), IntegrationId = seed.Integration };
        await seed.SaveAsync(
            stays,
            left,
            reading,
            new DeviceMembershipRow { GroupId = reading.Id, RemoteId = stays.RemoteId },
            new DeviceMembershipRow { GroupId = reading.Id, RemoteId = left.RemoteId },
            app,
            gone,
            kept,
            old,
            InventorySeed.Held(left, app, 1),
            ended,
            recent,
            DeviceHistory.Change(stays.Id, now.AddDays(-401), "osVersion", "1", "2"),
            DeviceHistory.Change(stays.Id, now.AddDays(-399), "osVersion", "2", "3"),
            User(1, null),
            User(2, now.AddDays(-399)),
            User(3, now.AddDays(-401)),
            Administrator("stays", null),
            Administrator("left", now.AddDays(-401))
        );

        await picket.Service<RetentionWorker>().LookAsync(Cancel);

        await using var db = picket.OpenDatabase();
        Assert.Equal(
            [kept.Id],
            await db.DeviceApps.Where(row => row.DeviceId == stays.Id).Select(row => row.Id).ToListAsync(Cancel)
        );
        Assert.Equal(
            [recent.Id],
            await db.Findings.Where(row => row.DeviceId == stays.Id).Select(row => row.Id).ToListAsync(Cancel)
        );
        var change = Assert.Single(await db.DeviceChanges.Where(row => row.DeviceId == stays.Id).ToListAsync(Cancel));
        Assert.Equal("3", change.After);
        Assert.False(await db.Devices.AnyAsync(row => row.Id == left.Id, Cancel));
        Assert.False(await db.DeviceApps.AnyAsync(row => row.DeviceId == left.Id, Cancel));
        Assert.Equal(
            [1, 2],
            await db
                .Users.Where(row => row.IntegrationId == seed.Integration)
                .Select(row => row.RemoteId)
                .Order()
                .ToListAsync(Cancel)
        );
        Assert.Equal(
            ["stays"],
            await db
                .Administrators.Where(row => row.IntegrationId == seed.Integration)
                .Select(row => row.RemoteKey)
                .ToListAsync(Cancel)
        );
        var membership = await db.DeviceMemberships.SingleAsync(row => row.GroupId == reading.Id, Cancel);
        Assert.Equal(stays.RemoteId, membership.RemoteId);
        Assert.All(
            (await Client.RetentionAsync(Cancel)).Items,
            rule => Assert.Equal((400, true), (rule.Days, rule.LastAt is not null))
        );
    }

    private UserRow User(int number, DateTimeOffset? goneAt) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteId = number,
            Hash = [],
            GoneAt = goneAt,
        };

    private AdministratorRow Administrator(string key, DateTimeOffset? goneAt) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            RemoteKey = key,
            Hash = [],
            GoneAt = goneAt,
        };

    private DeviceRow Android(string name, string ownership = "C") => seed.Device(name, "Android", ownership);

    private static AppRow App(string identifier, bool hashed = false) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Platform = "Android",
            Identifier = identifier,
            Hashed = hashed,
        };

    private Task<SavedHunt> SaveAsync(HuntKind kind, string value, string? name = null) =>
        Client.SaveHuntAsync(
            new SaveHunt(name ?? $"Hunt {Guid.NewGuid():N}", kind, value, "Blue team", "Case 17"),
            Cancel
        );

    private Task<FeedView> ImportAsync(string name, params string[] packages) =>
        Client.ImportFeedAsync(name, FeedFiles.Stalkerware(packages), cancellationToken: Cancel);

    private Task<FeedView> ImportCsvAsync(string name, params string[] lines)
    {
        var text = "kind,value,platform\n" + string.Join('\n', lines) + "\n";
        return Client.ImportFeedAsync(
            name,
            new MemoryStream(Encoding.UTF8.GetBytes(text)),
            FeedFormats.Csv,
            cancellationToken: Cancel
        );
    }

    private async Task<SavedHunt> UntilAsync(Guid hunt, Func<SavedHunt, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = await Client.HuntAsync(hunt, patience.Token);
            if (isSo(found))
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}

public sealed class HuntTests(PicketOnSqlite running) : HuntStories(running), IClassFixture<PicketOnSqlite>;

public sealed class HuntPostgresTests(PicketOnPostgres running) : HuntStories(running), IClassFixture<PicketOnPostgres>;
