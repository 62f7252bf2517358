using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Inventory;
using Picket.Server.Sync;
using Picket.Server.Tests.Intelligence;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Risk;

namespace Picket.Server.Tests.Evidence;

/// <summary>A verdict that can be defended: what it rests on stands in a file, from which it can be judged again.</summary>
public sealed class EvidenceTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_on_whose_word_by_which_rule_and_from_which_reading_a_device_is_judged()
    {
        var (fleet, package) = (
            await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}"),
            $"com.spy.a{Guid.NewGuid():N}"
        );
        await ImportAsync($"list-{package}", package);
        var device = await fleet.AddAsync(row => row.PasscodePresent = false, package);
        await fleet.JudgedAsync();

        var file = await picket.Client.EvidenceAsync(device, Cancel);

        var app = file.Findings.Single(finding => finding.Kind == "app.stalkerware");
        Assert.Equal((package, $"list-{package}", 1), (app.Matched, app.Feed, app.RuleVersion));
        Assert.NotNull(app.Confidence);
        Assert.Contains("T1430", app.AttackIds);
        Assert.NotNull(app.FirstTrueAt);
        var feed = file.Feeds.Single(each => each.Name == app.Feed);
        Assert.Equal((app.FeedVersion, 64), (feed.Version, feed.Sha256.Length));
        Assert.False(string.IsNullOrWhiteSpace(app.Licence));
        Assert.Equal(["listing of devices", "security details", "apps"], file.Calls.Select(call => call.What));
        Assert.Contains(file.FactsRead, fact => fact.Name == "osVersion");
        Assert.Contains(file.Findings, finding => finding.Kind == "device.no-passcode");
        Assert.False(file.JudgingDue);
    }

    [Fact]
    public async Task Names_the_last_run_that_has_read_the_device_for_sure_and_no_later_one()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var now = TimeProvider.System.GetUtcNow();
        await RunAsync(RunKind.Full, RunState.Completed, 30); // Before the device was there.
        var device = await fleet.AddAsync();
        var number = (await fleet.DeviceAsync(device)).RemoteId;
        await fleet.JudgedAsync();
        Assert.Equal((null, false), await ListedByAsync());

        var whole = await RunAsync(RunKind.Full, RunState.Completed, -10);
        await RunAsync(RunKind.Full, RunState.Incomplete, -11);
        await RunAsync(RunKind.Full, RunState.Cancelled, -12);
        await RunAsync(RunKind.Incremental, RunState.Completed, -13);
        await RunAsync(RunKind.Device, RunState.Completed, -14, of: number + 1);
        Assert.Equal((whole, true), await ListedByAsync());

        var ofIt = await RunAsync(RunKind.Device, RunState.Completed, -15, of: number);
        Assert.Equal((ofIt, true), await ListedByAsync());

        async Task<(Guid?, bool)> ListedByAsync()
        {
            var file = await picket.Client.EvidenceAsync(device, Cancel);
            var listing = file.Calls.Single(call => call.What == "listing of devices");
            return (listing.RunId, listing.AtTheLatest);
        }

        async Task<Guid?> RunAsync(RunKind kind, RunState state, int minutesAgo, int? of = null)
        {
            var at = now.AddMinutes(-minutesAgo);
            var row = new SyncRunRow
            {
                Id = Guid.CreateVersion7(at),
                IntegrationId = fleet.Integration,
                Kind = kind,
                State = state,
                DeviceRemoteId = of,
                StartedAt = at,
                EndedAt = at.AddSeconds(30),
            };
            await using var db = picket.OpenDatabase();
            db.SyncRuns.Add(row);
            await db.SaveChangesAsync(Cancel);
            return row.Id;
        }
    }

    [Fact]
    public async Task Comes_out_the_same_from_the_file_although_the_feeds_have_moved_on()
    {
        var (fleet, package) = (
            await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}"),
            $"com.spy.a{Guid.NewGuid():N}"
        );
        var name = $"list-{package}";
        var feed = await ImportAsync(name, package);
        var device = await fleet.AddAsync(apps: [package, picket.Service<PersonalApps>().HashOf($"{package}.hidden")]);
        await fleet.JudgedAsync();
        var file = await ThroughAFileAsync(device);
        Assert.Equal(Level.High, file.Level);

        await ImportAsync(name, "com.example.on.no.device", $"{package}.hidden");
        await fleet.JudgedAsync();
        var again = await picket.Client.CheckEvidenceAsync(file, Cancel);

        Assert.True(again.Same, string.Join('\n', again.Differences));
        Assert.Equal(Level.High, again.Level);

        await picket.Client.RemoveFeedAsync(feed.Id, Cancel);
        await fleet.JudgedAsync();
        var without = await picket.Client.CheckEvidenceAsync(file, Cancel);
        Assert.False(without.Same);
        Assert.Contains(without.Differences, each => each.Contains("not stored in version", StringComparison.Ordinal));
        Assert.Contains(without.Differences, each => each.Contains("is not found now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_somebody_changed_is_found_out()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var device = await fleet.AddAsync(row => row.Compromised = true);
        await fleet.JudgedAsync();
        var file = await ThroughAFileAsync(device);

        var milder = await picket.Client.CheckEvidenceAsync(file with { Level = Level.Low, Findings = [] }, Cancel);

        Assert.False(milder.Same);
        Assert.Equal(Level.Critical, milder.Level);
        var broken = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.CheckEvidenceAsync(
                file with
                {
                    Facts = JsonSerializer.SerializeToElement("none", JsonSerializerOptions.Web),
                },
                Cancel
            )
        );
        Assert.Contains("facts", broken.Problem.Errors!.Keys);
    }

    [Fact]
    public async Task Nothing_in_the_file_can_be_changed_without_breaking_its_seal()
    {
        var (fleet, package) = (
            await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}"),
            $"com.spy.a{Guid.NewGuid():N}"
        );
        await ImportAsync($"list-{package}", package);
        await picket.Client.AddOwnIndicatorAsync(
            new SaveOwnIndicator("app-id", $"{package}.own", Level.High, "Case 17", "Blue team"),
            Cancel
        );
        var device = await fleet.AddAsync(row => row.SecurityPatchDate = null, package);
        await fleet.JudgedAsync();
        var file = await ThroughAFileAsync(device);
        Assert.True((await picket.Client.CheckEvidenceAsync(file, Cancel)).Same);

        foreach (var (part, changed) in EachPartChanged(file))
        {
            var check = await picket.Client.CheckEvidenceAsync(changed, Cancel);

            Assert.False(check.Same, part);
            Assert.True(check.Differences[0].StartsWith("The seal is broken", StringComparison.Ordinal), part);
        }

        string[] others = [nameof(EvidenceFile.Form)]; // Another form is refused.
        Assert.Equal(
            typeof(EvidenceFile).GetProperties().Select(property => property.Name).Except(others).Order(),
            EachPartChanged(file).Select(change => change.Part).Order()
        );
    }

    [Fact]
    public async Task The_facts_of_another_device_are_not_taken_for_this_ones()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var (one, other) = (await fleet.AddAsync(), await fleet.AddAsync());
        await fleet.JudgedAsync();
        var (file, another) = (await ThroughAFileAsync(one), await ThroughAFileAsync(other));

        var check = await picket.Client.CheckEvidenceAsync(file with { Facts = another.Facts }, Cancel);

        Assert.Contains(check.Differences, each => each.Contains($"of the device {other}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_a_program_set_out_otherwise_is_the_same_file()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var device = await fleet.AddAsync(row => row.Compromised = true);
        await fleet.JudgedAsync();
        var file = JsonSerializer.SerializeToNode(
            await picket.Client.EvidenceAsync(device, Cancel),
            PicketApiJson.Default.EvidenceFile
        );

        var turned = Turned(file!)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        var read = JsonSerializer.Deserialize(turned, PicketApiJson.Default.EvidenceFile)!;
        var check = await picket.Client.CheckEvidenceAsync(read, Cancel);
        Assert.True(check.Same, string.Join('\n', check.Differences));
    }

    /// <summary>Each part of the file but its form, and the file with that part alone changed.</summary>
    private static IEnumerable<(string Part, EvidenceFile File)> EachPartChanged(EvidenceFile file)
    {
        yield return (nameof(file.PicketVersion), file with { PicketVersion = "9.9" });
        yield return (nameof(file.MadeAt), file with { MadeAt = file.MadeAt.AddSeconds(1) });
        yield return (nameof(file.Device), file with { Device = file.Device with { SerialNumber = "another's" } });
        yield return (nameof(file.Level), file with { Level = Level.Low });
        yield return (nameof(file.JudgedAt), file with { JudgedAt = file.JudgedAt!.Value.AddTicks(10) });
        yield return (nameof(file.JudgingDue), file with { JudgingDue = !file.JudgingDue });
        yield return (
            nameof(file.Findings),
            file with
            {
                Findings = [file.Findings[0] with { Text = "All is well." }, .. file.Findings.Skip(1)],
            }
        );
        yield return (nameof(file.Unknowns), file with { Unknowns = [.. file.Unknowns.Skip(1)] });
        yield return (
            nameof(file.Feeds),
            file with
            {
                Feeds = [file.Feeds[0] with { Licence = "none" }, .. file.Feeds.Skip(1)],
            }
        );
        yield return (nameof(file.FactsRead), file with { FactsRead = [.. file.FactsRead.Skip(1)] });
        yield return (nameof(file.Calls), file with { Calls = [.. file.Calls.Skip(1)] });
        yield return (nameof(file.Facts), file with { Facts = Written(file.Facts, "Example Phone", "Another Phone") });
        yield return (nameof(file.Policy), file with { Policy = file.Policy + "\n# looked through\n" });
        yield return (
            nameof(file.OwnIndicators),
            file with
            {
                OwnIndicators = Written(file.OwnIndicators, ".own", ".other"),
            }
        );
        yield return (nameof(file.Note), file with { Note = "It is whole." });
        yield return (nameof(file.Seal), file with { Seal = null });
    }

    private static JsonElement? Written(JsonElement? json, string before, string after)
    {
        var text = json!.Value.GetRawText();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<JsonElement>(text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>The same with every object's properties in the other order.</summary>
    private static JsonNode? Turned(JsonNode? json) =>
        json switch
        {
            JsonObject all => new JsonObject(
                all.Reverse().Select(part => new KeyValuePair<string, JsonNode?>(part.Key, Turned(part.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Turned)]),
            _ => json?.DeepClone(),
        };

    [Fact]
    public async Task Whoever_is_shown_no_personal_apps_gets_no_facts_that_hold_them()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var device = await fleet.AddAsync(row => row.Ownership = "E", "com.example.harmless");
        await fleet.JudgedAsync();
        using var approver = await Colleague.JoinAsync(picket, new Grant(Role.Approver, fleet.Integration));

        var file = await approver.Client.EvidenceAsync(device, Cancel);

        Assert.Null(file.Facts);
        Assert.NotNull(file.Note);
        Assert.False((await approver.Client.CheckEvidenceAsync(file, Cancel)).Same);
    }

    [Fact]
    public async Task Blind_spots_count_what_the_list_of_devices_shows_for_them()
    {
        var fleet = await SeededFleet.OfAsync(picket, $"Fleet {Guid.NewGuid():N}");
        var now = TimeProvider.System.GetUtcNow();
        await fleet.AddAsync();
        await fleet.AddAsync(row => row.AppsReadAt = now.AddDays(-9));
        await fleet.AddAsync(row => row.AppsReadAt = now.AddDays(-40));
        await fleet.AddAsync(row => (row.AppsState, row.AppsReadAt) = (DetailState.Failed, null));
        await fleet.JudgedAsync();
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, fleet.Integration));

        var view = await UntilAsync(analyst.Client, 4);

        var apps = view.Facts.Single(fact => fact.Fact == "Apps");
        Assert.Equal(new FactAges(1, 0, 1, 1, 1), apps.Ages);
        Assert.Equal((2, 50.0, 2), (apps.RestsOn, apps.Share, apps.Lacking));
        Assert.Equal(["ReadFailed", "TooOld"], apps.Causes.Select(cause => cause.Cause).Order());
        Assert.Equal((2, await WholeAsync(fleet.Integration)), (view.Secure, view.Whole));
        foreach (var (age, count) in Counts(apps.Ages))
        {
            var devices = await analyst
                .Client.Devices(new DeviceFilter { Fact = "Apps", FactAge = age })
                .ToListAsync(Cancel);
            Assert.Equal(count, devices.Count);
        }

        foreach (var cause in apps.Causes)
        {
            var devices = await analyst
                .Client.Devices(new DeviceFilter { Lacks = "Apps", Cause = cause.Cause })
                .ToListAsync(Cancel);
            Assert.Equal(cause.Devices, devices.Count);
        }
    }

    [Theory]
    [InlineData("cause=TooOld")]
    [InlineData("fact=Apps")]
    [InlineData("factAge=Old")]
    [InlineData("fact=Nonsense&factAge=Old")]
    public async Task A_filter_by_facts_that_would_be_passed_over_is_refused(string query) =>
        Assert.Equal(
            System.Net.HttpStatusCode.BadRequest,
            (await picket.Http.GetAsync($"{Routes.Devices}?{query}", Cancel)).StatusCode
        );

    private static IEnumerable<(FactAge, int)> Counts(FactAges ages) =>
        [
            (FactAge.Fresh, ages.Fresh),
            (FactAge.Recent, ages.Recent),
            (FactAge.Old, ages.Old),
            (FactAge.Older, ages.Older),
            (FactAge.Never, ages.Never),
        ];

    /// <summary>Devices of which nothing at all is unknown.</summary>
    private async Task<int> WholeAsync(Guid integration)
    {
        await using var db = picket.OpenDatabase();
        var rows = await db.Devices.Where(row => row.IntegrationId == integration).ToListAsync(Cancel);
        return rows.Count(row => Picket.Server.Risk.FindingJson.ReadUnknowns(row.Unknowns).Count == 0);
    }

    /// <summary>The figures are remembered for a while.</summary>
    private static async Task<BlindSpotsView> UntilAsync(PicketClient client, int devices)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            var view = await client.BlindSpotCoverageAsync(patience.Token);
            if (view.Devices == devices && view.Facts.Any(fact => fact is { Fact: "Apps", Lacking: > 0 }))
            {
                return view;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }

    private async Task<EvidenceFile> ThroughAFileAsync(Guid device)
    {
        var file = await picket.Client.EvidenceAsync(device, Cancel);
        var json = JsonSerializer.Serialize(file, PicketApiJson.Default.EvidenceFile);
        return JsonSerializer.Deserialize(json, PicketApiJson.Default.EvidenceFile)!;
    }

    private Task<FeedView> ImportAsync(string name, params string[] packages) =>
        picket.Client.ImportFeedAsync(name, FeedFiles.Stalkerware(packages), cancellationToken: Cancel);
}
