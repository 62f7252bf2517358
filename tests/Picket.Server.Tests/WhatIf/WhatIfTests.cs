using System.Net;
using CsCheck;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.Risk;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.WhatIf;

/// <summary>Changes are tried before they are made, and what is tried is what comes.</summary>
public abstract class WhatIfStories(DatabaseKind kind, TestPostgres postgres) : DatabaseStories(kind, postgres)
{
    private protected static readonly string Strict = $$"""
        version: 1
        policies:
          - name: Strict
            group: "*"
            levels:
              device.no-passcode: critical
              device.not-encrypted: off
              device.not-compliant: high
            grace:
              device.not-compliant: 5d
            ages:
              patchAge: {10d: low, 300d: critical}
            apps:
              denied: [{id: com.example.game, reason: no games}]
              required: [{id: com.example.vpn}]
          - name: Employees
            group: "*"
            priority: 10
            when: {ownership: [employee]}
            levels:
              device.no-passcode: low
            silence: fail-closed
        exceptions:
          - name: kiosk
            finding: device.compromised
            device: KIOSK-1
            owner: Ada Example
            reason: a test device
            ends: {{PolicyTexts.Soon}}
        tags:
          - set: Access
            tags:
              - {tag: Acme-Quarantine, level: [critical]}
              - {tag: Acme-Check, finding: [device.not-compliant, app.required-missing]}
          - set: Trust
            tags:
              - {tag: Acme-Own, level: [low, medium], when: {ownership: [employee]} }
        """;

    [Fact]
    public async Task What_is_tried_is_what_applying_brings()
    {
        await using var picket = await StartAsync();
        var fleet = await FlawedAsync(picket);
        var tried = await picket.Client.WhatIfAsync(new WhatIfWish { Policy = Strict }, Cancellation);
        var moved = await DevicesAsync(picket, tried.Id);
        var before = await LevelsAsync(picket);
        Assert.Equal(2 * Flaws.Length, tried.Devices);
        Assert.Equal(Counted(before.Values), tried.Days[^1].Before);

        await picket.Client.ApplyPolicyAsync(new ApplyPolicy(Strict, 0), Cancellation);
        await fleet.JudgedAsync();

        var after = await LevelsAsync(picket);
        Assert.Equal(Counted(after.Values), tried.Days[^1].After);
        Assert.Equal(
            after
                .Where(device => before[device.Key] != device.Value)
                .Select(device => (device.Key, before[device.Key], device.Value))
                .Order(),
            moved
                .Where(device => device.Before != device.After)
                .Select(device => (device.DeviceId, device.Before, device.After))
                .Order()
        );
        Assert.True(moved.Count > 10, $"Only {moved.Count} devices are told of.");
        await using var db = picket.OpenDatabase();
        var wanted = db.WantedTags.AsEnumerable().Select(row => (row.DeviceId, row.Tag)).Order().ToList();
        Assert.Equal(wanted, moved.SelectMany(device => device.Gets.Select(tag => (device.DeviceId, tag))).Order());
        Assert.Equal(
            wanted.GroupBy(each => each.Tag).Select(each => (each.Key, each.Count(), 0)).Order(),
            tried.Tags.Where(tag => tag.Set is not null).Select(tag => (tag.Tag, tag.Added, tag.Removed)).Order()
        );
        Assert.Equal(3, tried.Tags.Count(tag => tag.Set is not null));
        var again = await picket.Client.WhatIfAsync(new WhatIfWish { Policy = Strict }, Cancellation);
        Assert.Empty(again.Moves);
        Assert.Empty(again.Kinds);
        Assert.Empty(again.Tags);
    }

    [Fact]
    public async Task Days_past_are_judged_from_what_was_so_then()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var now = TimeProvider.System.GetUtcNow();
        var phone = await fleet.AddAsync(device => device.PasscodePresent = true);
        await using (var db = picket.OpenDatabase())
        {
            var row = db.Devices.Single(device => device.Id == phone);
            db.Entry(row).Property(device => device.FirstSeenAt).CurrentValue = now.AddDays(-20);
            db.DeviceChanges.AddRange(
                DeviceHistory.Change(phone, now.AddDays(-12), "passcode", "True", "False"),
                DeviceHistory.Change(phone, now.AddDays(-4), "passcode", "False", "True")
            );
            await db.SaveChangesAsync(Cancellation);
        }

        await fleet.JudgedAsync();
        var tried = await picket.Client.WhatIfAsync(
            new WhatIfWish
            {
                Policy =
                    "version: 1\npolicies:\n  - name: Strict\n    group: \"*\"\n    levels: {device.no-passcode: critical}",
            },
            Cancellation
        );

        Assert.Equal(31, tried.Days.Count);
        Assert.All(tried.Days.Take(9), day => Assert.Equal(new LevelCounts(0, 0, 0, 0, 0, 0), day.After));
        var critical = tried.Days.Where(day => day.After.Critical == 1).Select(day => day.Day).ToList();
        Assert.Equal(8, critical.Count);
        Assert.Equal(critical, tried.Days.Where(day => day.Before.Medium == 1).Select(day => day.Day));
        Assert.Equal(1, tried.Days[^1].After.Secure);
        Assert.Empty(tried.Moves);
    }

    private protected static readonly Action<DeviceRow>[] Flaws =
    [
        _ => { },
        device => device.PasscodePresent = false,
        device => (device.PasscodePresent, device.Ownership) = (false, "E"),
        device => device.Encrypted = false,
        device => device.ComplianceStatus = "NonCompliant",
        device => device.Compromised = true,
        device => (device.Compromised, device.SerialNumber) = (true, "KIOSK-1"),
        device => (device.AppsState, device.Ownership) = (DetailState.Failed, "E"),
        device => device.LastSeenAt = device.LastSeenAt!.Value.AddDays(-100),
        device => device.SecurityPatchDate = device.SecurityPatchDate!.Value.AddDays(-400),
        device => device.EnrollmentStatus = "EnterpriseWipePending",
    ];

    private protected static async Task<SeededFleet> FlawedAsync(PicketApplication picket)
    {
        var fleet = await SeededFleet.OfAsync(picket);
        foreach (var flaw in Flaws)
        {
            await fleet.AddAsync(flaw, "com.example.vpn");
            await fleet.AddAsync(flaw, "com.example.game", "com.example.on.no.device");
        }

        await fleet.JudgedAsync();
        return fleet;
    }

    private protected static async Task<List<WhatIfDevice>> DevicesAsync(
        PicketApplication picket,
        Guid trial,
        WhatIfFilter? filter = null
    )
    {
        var devices = new List<WhatIfDevice>();
        await foreach (var device in picket.Client.WhatIfDevices(trial, (filter ?? new()) with { Limit = 7 }))
        {
            devices.Add(device);
        }

        return devices;
    }

    private protected static async Task<Dictionary<Guid, Level>> LevelsAsync(PicketApplication picket)
    {
        var levels = new Dictionary<Guid, Level>();
        await foreach (var device in picket.Client.Devices())
        {
            levels[device.Id] = device.Level;
        }

        return levels;
    }

    private protected static LevelCounts Counted(IEnumerable<Level> levels)
    {
        var counts = levels.CountBy(level => level).ToDictionary();
        int Of(Level level) => counts.GetValueOrDefault(level);
        return new(
            Of(Level.Unknown),
            Of(Level.Secure),
            Of(Level.Low),
            Of(Level.Medium),
            Of(Level.High),
            Of(Level.Critical)
        );
    }
}

public sealed class WhatIfOnSqliteTests(TestPostgres postgres) : WhatIfStories(DatabaseKind.Sqlite, postgres)
{
    /// <summary>The law of it, whatever the document says and whatever was in force before.</summary>
    [Fact]
    public async Task What_any_document_is_tried_to_bring_it_brings()
    {
        await using var picket = await StartAsync();
        var fleet = await FlawedAsync(picket);
        var (version, moves) = (0, 0);
        await PolicyTexts.Any.SampleAsync(
            async document =>
            {
                var tried = await picket.Client.WhatIfAsync(
                    new WhatIfWish { Policy = document, Days = 0 },
                    Cancellation
                );
                var moved = (await DevicesAsync(picket, tried.Id)).ToDictionary(device => device.DeviceId);
                var before = await LevelsAsync(picket);
                moves += moved.Values.Count(device => device.Before != device.After);

                version = (
                    await picket.Client.ApplyPolicyAsync(new ApplyPolicy(document, version), Cancellation)
                ).Number;
                await fleet.JudgedAsync();

                foreach (var (device, level) in await LevelsAsync(picket))
                {
                    var told = moved.TryGetValue(device, out var move) ? (move.Before, move.After) : (level, level);
                    Assert.Equal((before[device], level), told);
                }
            },
            iter: 12,
            threads: 1
        );
        Assert.True(moves > 20, $"Only {moves} devices were moved by all documents together.");
    }

    /// <summary>Devices are judged by several threads, which ask for the places of the same groups.</summary>
    [Fact]
    public async Task A_fleet_of_many_groups_is_tried()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        await fleet.AddGroupsAsync(600);
        const string ofOneGroup =
            "version: 1\npolicies:\n  - name: Seven\n    group: Group 7\n    levels: {device.no-passcode: critical}";

        for (var round = 0; round < 5; round++)
        {
            var tried = await picket.Client.WhatIfAsync(new WhatIfWish { Policy = ofOneGroup, Days = 0 }, Cancellation);

            Assert.Equal((1200, 2), (tried.Devices, tried.Days[^1].After.Critical));
        }
    }

    [Fact]
    public async Task Grace_on_days_past_runs_from_when_its_fact_changed()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var now = TimeProvider.System.GetUtcNow();
        var phone = await fleet.AddAsync(device => device.PasscodePresent = false);
        await using (var db = picket.OpenDatabase())
        {
            db.Entry(db.Devices.Single(device => device.Id == phone))
                .Property(device => device.FirstSeenAt)
                .CurrentValue = now.AddDays(-60);
            db.DeviceChanges.AddRange(
                DeviceHistory.Change(phone, now.AddDays(-12), "passcode", "True", "False"),
                DeviceHistory.Change(phone, now.AddDays(-3), "friendlyName", "Old", "New")
            );
            await db.SaveChangesAsync(Cancellation);
        }

        await fleet.JudgedAsync();
        var tried = await picket.Client.WhatIfAsync(
            new WhatIfWish
            {
                Policy =
                    "version: 1\npolicies:\n  - name: Patient\n    group: \"*\"\n    grace: {device.no-passcode: 7d}",
            },
            Cancellation
        );

        // Today's grace begins today; that of the days before began twelve days ago and was over five days ago.
        var counting = tried.Days.Where(day => day.After.Medium == 1).Select(day => day.Day);
        Assert.Equal(tried.Days.Skip(31 - 6).Take(5).Select(day => day.Day), counting);
    }

    [Fact]
    public async Task No_day_is_tried_of_which_the_history_is_not_kept()
    {
        await using var picket = await StartAsync(
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Retention:DeviceHistoryDays"] = "10",
                    ["Retention:AppHistoryDays"] = "20",
                },
            }
        );
        await SeededFleet.OfAsync(picket);

        var tried = await picket.Client.WhatIfAsync(new WhatIfWish { Policy = Strict }, Cancellation);

        Assert.Equal(11, tried.Days.Count);
        Assert.Contains(
            tried.Notes,
            note => note.StartsWith("30 days were asked for, and 10 are tried", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_version_of_a_feed_is_tried_without_being_in_force()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync(null, "com.example.watcher");
        await fleet.AddAsync(null, "com.example.other");
        var bad = await picket.Client.ImportFeedAsync(
            "list",
            FeedFiles.Stalkerware("com.example.watcher"),
            cancellationToken: Cancellation
        );
        await picket.Client.ImportFeedAsync(
            "list",
            FeedFiles.Stalkerware("com.example.nothing"),
            cancellationToken: Cancellation
        );
        await fleet.JudgedAsync();

        var tried = await picket.Client.WhatIfAsync(
            new WhatIfWish
            {
                FeedId = bad.Id,
                FeedVersionId = bad.Version.Id,
                Days = 0,
            },
            Cancellation
        );

        Assert.Single(tried.Days);
        Assert.Equal(new WhatIfMove(Level.Secure, Level.High, 1), Assert.Single(tried.Moves));
        Assert.Equal(("app.stalkerware", 1), (tried.Kinds.Single().Kind, tried.Kinds.Single().Comes));
        var told = Assert.Single(await DevicesAsync(picket, tried.Id, new WhatIfFilter { After = Level.High }));
        Assert.Equal(phone, told.DeviceId);
        Assert.Empty(await DevicesAsync(picket, tried.Id, new WhatIfFilter { After = Level.Critical }));
        Assert.Equal(RiskLevel.Secure, (await fleet.DeviceAsync(phone)).Level);
        var tag = tried.Tags.Single(tag => tag.Added > 0);
        Assert.False(tag.IsWritten);
        Assert.EndsWith("High", tag.Tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_tried_is_refused_with_what_is_wrong()
    {
        await using var picket = await StartAsync();
        var feed = await picket.Client.ImportFeedAsync(
            "list",
            FeedFiles.Stalkerware("com.example.watcher"),
            cancellationToken: Cancellation
        );

        var nothing = await RefusedAsync(new WhatIfWish());
        Assert.Contains("policy", nothing.Problem.Errors!.Keys);
        var half = await RefusedAsync(new WhatIfWish { FeedId = feed.Id, Days = 31 });
        Assert.Equal(["days", "feedVersionId"], half.Problem.Errors!.Keys.Order());
        var misspelt = await RefusedAsync(new WhatIfWish { Policy = "version: 1\npolicies:\n  - nam: X" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, misspelt.Status);
        Assert.Contains(misspelt.Problem.PolicyMistakes!, mistake => mistake.Line == 3);
        var strange = await RefusedAsync(new WhatIfWish { FeedId = feed.Id, FeedVersionId = Guid.NewGuid() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, strange.Status);
        var gone = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.WhatIfAsync(Guid.NewGuid(), Cancellation)
        );
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);

        Task<PicketApiException> RefusedAsync(WhatIfWish wish) =>
            Assert.ThrowsAsync<PicketApiException>(() => picket.Client.WhatIfAsync(wish, Cancellation));
    }
}

public sealed class WhatIfOnPostgresTests(TestPostgres postgres) : WhatIfStories(DatabaseKind.Postgres, postgres);
