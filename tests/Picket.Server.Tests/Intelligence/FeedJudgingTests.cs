using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Tests.Risk;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Intelligence;

/// <summary>What a change of feeds does to verdicts.</summary>
public abstract class FeedJudgingStories(DatabaseKind kind, TestPostgres postgres) : DatabaseStories(kind, postgres)
{
    private protected const string Tracker = "com.example.stalker.tracker";

    [Fact]
    public async Task Judges_only_the_devices_again_that_hold_a_listed_app()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var exact = await fleet.AddAsync(null, Tracker, "com.example.mail");
        var otherCase = await fleet.AddAsync(null, "com.example.Stalker.Tracker");
        var clean = await fleet.AddAsync(null, "com.example.mail");
        await fleet.JudgedAsync();
        var before = (await fleet.DeviceAsync(clean)).JudgedAt;

        await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();

        var finding = Assert.Single(await fleet.FindingsAsync(exact));
        Assert.Equal(("app.stalkerware", Level.High), (finding.Kind, finding.Level));
        Assert.Equal(("tracking", Tracker), (finding.Evidence.Feed, finding.Evidence.Matched));
        Assert.Equal(RiskLevel.High, (await fleet.DeviceAsync(exact)).Level);
        Assert.Equal(Level.Low, Assert.Single(await fleet.FindingsAsync(otherCase)).Level);
        Assert.Equal(before, (await fleet.DeviceAsync(clean)).JudgedAt);
    }

    [Fact]
    public async Task Ends_findings_that_a_new_version_or_a_removal_takes_the_ground_from()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(null, Tracker);
        var feed = await ImportAsync(picket, Tracker);
        await fleet.JudgedAsync();
        Assert.Single(await fleet.FindingsAsync(phone));

        await ImportAsync(picket, "com.example.other");
        await fleet.RestedAsync();
        Assert.Empty(await fleet.FindingsAsync(phone));

        await picket.Client.RollbackFeedAsync(feed.Id, Cancellation);
        await fleet.RestedAsync();
        Assert.Single(await fleet.FindingsAsync(phone));

        await picket.Client.RemoveFeedAsync(feed.Id, Cancellation);
        await fleet.RestedAsync();
        Assert.Empty(await fleet.FindingsAsync(phone));
    }

    [Fact]
    public async Task Finds_apps_by_pattern()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(null, "com.example.adfraud.clicker");
        await fleet.JudgedAsync();

        await using var file = File.OpenRead(Path.Combine(FeedFiles.Samples, "fakebank.stix2"));
        await picket.Client.ImportFeedAsync("fakebank", file, cancellationToken: Cancellation);
        await fleet.RestedAsync();

        Assert.Equal("app.malicious", Assert.Single(await fleet.FindingsAsync(phone)).Kind);
    }

    private protected static Task<FeedView> ImportAsync(PicketApplication picket, params string[] packages) =>
        picket.Client.ImportFeedAsync("tracking", FeedFiles.Stalkerware(packages), cancellationToken: Cancellation);
}

public sealed class FeedJudgingTests(TestPostgres postgres) : FeedJudgingStories(DatabaseKind.Sqlite, postgres)
{
    [Fact]
    public async Task Tells_of_each_exploited_vulnerability_until_when_it_is_to_be_mended_and_whom_to_name()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        foreach (var sample in new[] { "ios-sofa.json", "kev.json" })
        {
            await using var file = File.OpenRead(Path.Combine(FeedFiles.Samples, sample));
            await picket.Client.ImportFeedAsync(sample, file, cancellationToken: Cancellation);
        }

        var phone = await fleet.AddAsync(device =>
            (device.Platform, device.Model, device.OsVersion) = ("Apple", "iPhone 13 Pro", "18.5")
        );
        await fleet.JudgedAsync();

        var finding = Assert.Single(await fleet.FindingsAsync(phone), found => found.Kind == "os.exploited-cves");
        Assert.Equal(7, finding.Evidence.ExploitedCves.Count);
        Assert.All(
            finding.Evidence.ExploitedCves,
            cve => Assert.True(cve is { Due: not null, RequiredAction.Length: > 0 }, cve.Cve)
        );
        Assert.NotEmpty(finding.Evidence.Attribution!);
    }

    [Fact]
    public async Task Finds_a_personal_app_by_its_hash()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var hash = AppPrivacy.Hash(picket.Service<PersonalAppKey>().Value, Tracker);
        var phone = await fleet.AddAsync(device => device.Ownership = "E", hash);
        await fleet.JudgedAsync();
        Assert.Empty(await fleet.FindingsAsync(phone));

        var feed = await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();

        Assert.Equal(Tracker, Assert.Single(await fleet.FindingsAsync(phone)).Evidence.Matched);
        var indicators = await picket.Client.FeedIndicators(feed.Id).PageAsync(Cancellation);
        var entry = Assert.Single(indicators.Items);
        Assert.Equal(1, entry.Hits);
        var holders = new DeviceFilter { Feed = feed.Id, FeedEntry = entry.Value };
        Assert.Equal(phone, Assert.Single(await picket.Client.Devices(holders).ToListAsync(Cancellation)).Id);
        var others = holders with { FeedEntry = "com.example.nobody" };
        Assert.Empty(await picket.Client.Devices(others).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Judges_every_device_again_when_knowledge_of_systems_comes()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var old = await fleet.AddAsync(device => device.OsVersion = "11");
        var current = await fleet.AddAsync();
        await fleet.JudgedAsync();
        var before = (await fleet.DeviceAsync(current)).JudgedAt;
        Assert.Empty(await fleet.FindingsAsync(old));

        await using var file = File.OpenRead(Path.Combine(FeedFiles.Samples, "android.md"));
        await picket.Client.ImportFeedAsync("android", file, cancellationToken: Cancellation);
        await fleet.RestedAsync();

        Assert.Equal("os.train-ended", Assert.Single(await fleet.FindingsAsync(old)).Kind);
        Assert.True((await fleet.DeviceAsync(current)).JudgedAt > before);
    }

    /// <summary>It may have been too old to clear a device by.</summary>
    [Fact]
    public async Task Judges_every_device_again_when_a_feed_of_systems_says_the_same_a_week_later()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync();
        var file = await File.ReadAllTextAsync(Path.Combine(FeedFiles.Samples, "ios-sofa.json"), Cancellation);
        var first = await JudgedAfterAsync("22");
        var nextDay = await JudgedAfterAsync("23");

        Assert.Equal(first, nextDay);
        Assert.True(await JudgedAfterAsync("30") > nextDay);

        async Task<DateTimeOffset?> JudgedAfterAsync(string day)
        {
            var dated = file.Replace("\"LastCheck\": \"2026-08-22T", $"\"LastCheck\": \"2026-08-{day}T");
            await picket.Client.ImportFeedAsync(
                "sofa",
                new MemoryStream(System.Text.Encoding.UTF8.GetBytes(dated)),
                cancellationToken: Cancellation
            );
            await fleet.RestedAsync();
            return (await fleet.DeviceAsync(phone)).JudgedAt;
        }
    }

    [Fact]
    public async Task Holds_what_a_feed_found_whose_stored_file_cannot_be_read_any_more_and_says_so()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var (bad, clean) = (await fleet.AddAsync(null, Tracker), await fleet.AddAsync(null, "com.example.mail"));
        var feed = await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(clean)).Level);
        await using (var db = picket.OpenDatabase())
        {
            byte[] damaged = [1, 2, 3];
            await db
                .FeedVersions.Where(row => row.FeedId == feed.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, damaged), Cancellation);
        }

        await picket.RestartAsync();
        await fleet.ChangeAsync(bad, _ => { });
        await fleet.ChangeAsync(clean, _ => { });
        await fleet.JudgedAsync();

        var held = Assert.Single(await fleet.FindingsAsync(bad));
        Assert.Contains("held", held.Evidence.Facts.Keys);
        Assert.Equal(RiskLevel.Unknown, (await fleet.DeviceAsync(clean)).Level);
        var shown = await picket.Client.FeedAsync(feed.Id, Cancellation);
        Assert.Contains("cannot be read any more", Assert.Single(shown.Notices), StringComparison.Ordinal);
        var overview = await picket.Client.OverviewAsync(Cancellation);
        Assert.Contains(overview.Warnings, warning => warning.Contains("feed tracking", StringComparison.Ordinal));

        await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();

        Assert.DoesNotContain("held", Assert.Single(await fleet.FindingsAsync(bad)).Evidence.Facts.Keys);
        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(clean)).Level);
        Assert.Empty((await picket.Client.FeedAsync(feed.Id, Cancellation)).Notices);
    }

    [Fact]
    public async Task Calls_devices_secure_as_soon_as_a_feed_covers_their_apps_and_no_longer_without_one()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var feeds = (await picket.Client.Feeds().PageAsync(Cancellation)).Items;
        await picket.Client.RemoveFeedAsync(feeds.Single().Id, Cancellation);
        var phone = await fleet.AddAsync();
        await fleet.JudgedAsync();
        Assert.Equal(RiskLevel.Unknown, (await fleet.DeviceAsync(phone)).Level);

        var feed = await ImportAsync(picket, Tracker);
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(phone)).Level);

        await picket.Client.RemoveFeedAsync(feed.Id, Cancellation);
        await fleet.RestedAsync();
        Assert.Equal(RiskLevel.Unknown, (await fleet.DeviceAsync(phone)).Level);
    }

    [Fact]
    public async Task Knows_its_feeds_after_a_restart()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        await ImportAsync(picket, Tracker);

        await picket.RestartAsync();
        var phone = await fleet.AddAsync(null, Tracker);
        await fleet.JudgedAsync();

        Assert.Single(await fleet.FindingsAsync(phone));
    }
}

public sealed class FeedJudgingPostgresTests(TestPostgres postgres)
    : FeedJudgingStories(DatabaseKind.Postgres, postgres);
