using System.Net;
using System.Text.RegularExpressions;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Inventory;

public abstract partial class DeviceListStories(RunningPicket running)
{
    private readonly PicketApplication picket = running.Application;
    private readonly InventorySeed seed = new(running.Application.OpenDatabase);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_devices_by_each_filter()
    {
        var phone = seed.Device("Alpha phone", user: "anna");
        phone.Level = RiskLevel.High;
        var tablet = seed.Device("Beta tablet", user: "Bert", ownership: "E");
        (tablet.Model, tablet.OrganizationGroupId) = ("iPad Air", null);
        var droid = seed.Device("Gamma_1", "Android", ownership: null);
        droid.OrganizationGroupId = 8;
        var gone = seed.Device("Alpha gone");
        gone.GoneAt = InventorySeed.Day(1);
        var tag = new OwnedTagRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = seed.Integration,
            Level = RiskLevel.Medium,
            Name = "Picket: Medium",
            RemoteId = 1,
        };
        var mail = InventorySeed.App($"com.example.mail{seed.Integration:N}");
        await seed.SaveAsync(
            phone,
            tablet,
            droid,
            gone,
            tag,
            new DeviceTagRow { OwnedTagId = tag.Id, RemoteId = droid.RemoteId },
            mail,
            InventorySeed.Held(phone, mail, 0),
            InventorySeed.Held(tablet, mail, 0, until: 1),
            seed.Finding(phone, "device.compromised"),
            seed.Finding(droid, "device.compromised", InventorySeed.Day(2)),
            new OrganizationGroupRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                RemoteId = 8,
                Name = "Field",
                GroupCode = "FLD",
                Hash = [],
            }
        );

        await ExpectAsync(new(), "Alpha phone", "Beta tablet", "Gamma_1");
        await ExpectAsync(new() { Level = Level.High }, "Alpha phone");
        await ExpectAsync(new() { Platform = "ios" }, "Alpha phone");
        await ExpectAsync(new() { Platform = "iPadOS" }, "Beta tablet");
        await ExpectAsync(new() { Platform = "ANDROID" }, "Gamma_1");
        await ExpectAsync(new() { Ownership = DeviceOwnership.EmployeeOwned }, "Beta tablet");
        await ExpectAsync(new() { Ownership = DeviceOwnership.Unknown }, "Gamma_1");
        await ExpectAsync(new() { OrganizationGroup = "Field" }, "Gamma_1");
        await ExpectAsync(new() { OrganizationGroup = "FLD" }, "Gamma_1");
        await ExpectAsync(new() { OrganizationGroup = "7" }, "Alpha phone");
        await ExpectAsync(new() { WithoutGroup = true }, "Beta tablet");
        await ExpectAsync(new() { TaggedAs = Level.Medium }, "Gamma_1");
        await ExpectAsync(new() { TaggedAs = Level.High });
        await ExpectAsync(new() { Search = "aLPHa" }, "Alpha phone");
        await ExpectAsync(new() { Search = "bert" }, "Beta tablet");
        await ExpectAsync(new() { Search = "sn-003" }, "Gamma_1");
        await ExpectAsync(new() { Search = "Gamma%" });
        await ExpectAsync(new() { Search = "phone" });
        await ExpectAsync(new() { Finding = "device.compromised" }, "Alpha phone");
        await ExpectAsync(new() { App = mail.Identifier }, "Alpha phone");
    }

    [Theory]
    [InlineData("feedEntry=com.example")]
    [InlineData("feed=00000000-0000-7000-8000-000000000001")]
    public async Task Refuses_half_of_a_filter_lest_it_shows_more_than_was_asked_for(string half)
    {
        foreach (var address in new[] { Routes.Devices, Routes.DeviceFacets, "/devices/export.csv" })
        {
            using var answer = await picket.Http.GetAsync(new Uri($"{address}?{half}", UriKind.Relative), cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Counts_for_each_further_choice_what_it_would_show()
    {
        await seed.SaveAsync([.. Enumerable.Range(0, 60).Select(Mixed)]);
        DeviceFilter[] filters =
        [
            new(),
            new() { Level = Level.High },
            new() { Platform = "Android", Ownership = DeviceOwnership.EmployeeOwned },
            new() { OrganizationGroup = "8", Search = "Mixed 1" },
        ];
        foreach (var chosen in filters.Select(filter => filter with { IntegrationId = seed.Integration }))
        {
            var facets = await picket.Client.DeviceFacetsAsync(chosen, cancellation);

            foreach (var (level, count) in Counts(facets.Levels))
            {
                Assert.Equal(count, await CountAsync(chosen with { Level = level }));
            }

            foreach (var platform in new[] { "iOS", "iPadOS", "Android", "Windows", "macOS" })
            {
                var count = facets.Platforms.GetValueOrDefault(platform);
                Assert.Equal(count, await CountAsync(chosen with { Platform = platform }));
            }

            foreach (var whose in Enum.GetValues<DeviceOwnership>())
            {
                var count = facets.Ownerships.GetValueOrDefault($"{whose}");
                Assert.Equal(count, await CountAsync(chosen with { Ownership = whose }));
            }

            foreach (var group in new[] { "7", "8", "9" })
            {
                var count = facets.OrganizationGroups.GetValueOrDefault(group);
                Assert.Equal(count, await CountAsync(chosen with { OrganizationGroup = group }));
            }
        }
    }

    [Fact]
    public async Task Finds_the_devices_of_which_a_fact_is_not_known_and_counts_them_for_the_fleet()
    {
        var (blind, half, seen) = (seed.Device("Blind"), seed.Device("Half"), seed.Device("Seen"));
        blind.Unknowns = FindingJson.Unknowns([
            new UnknownFact(FactName.Apps, MissingReason.NeverCollected, "Not read.", Required: true, Blocks: []),
            new UnknownFact(FactName.Passcode, MissingReason.NotReported, "Not told.", Required: false, Blocks: []),
        ]);
        half.Unknowns = FindingJson.Unknowns([
            new UnknownFact(FactName.Apps, MissingReason.HiddenByPrivacy, "Hidden.", Required: false, Blocks: []),
        ]);
        seen.Unknowns = FindingJson.Unknowns([]);
        await seed.SaveAsync(blind, half, seen);

        await ExpectAsync(new() { Lacks = "Apps" }, "Blind", "Half");
        await ExpectAsync(new() { Lacks = "passcode" }, "Blind");
        await ExpectAsync(new() { Lacks = "Encryption" });
        await ExpectAsync(new() { Lacks = "Apps\",\"" });
        using var spots = new FleetBlindSpots(picket.Service<PicketDatabase>(), TimeProvider.System);
        var mine = await spots.CountAsync(new Visible([seed.Integration], null), cancellation);
        Assert.Equal(
            [("Apps", 2, 1), ("Passcode", 1, 0)],
            mine.Select(spot => (spot.Fact, spot.Devices, spot.Required))
        );
        Assert.Equal(("Not told.", 1), (mine[1].Reason, mine[1].WithReason));
    }

    [Fact]
    public async Task Devices_that_lack_a_fact_each_for_its_own_age_are_told_what_is_true_of_all()
    {
        var (one, other) = (seed.Device("One"), seed.Device("Other"));
        one.Unknowns = FindingJson.Unknowns([Old("31 days ago")]);
        other.Unknowns = FindingJson.Unknowns([Old("42 days ago")]);
        await seed.SaveAsync(one, other);

        using var spots = new FleetBlindSpots(picket.Service<PicketDatabase>(), TimeProvider.System);
        var mine = await spots.CountAsync(new Visible([seed.Integration], null), cancellation);

        var spot = Assert.Single(mine);
        Assert.Equal((BlindSpotTexts.Of(FactName.Apps, MissingReason.TooOld), 2), (spot.Reason, spot.WithReason));

        static UnknownFact Old(string text) =>
            new(FactName.Apps, MissingReason.TooOld, text, Required: true, Blocks: []);
    }

    private DeviceRow Mixed(int number)
    {
        string[] platforms = ["Apple", "Android", "WinRT", "AppleOsX"];
        string?[] owners = ["C", "S", "E", null];
        var device = seed.Device($"Mixed {number}", platforms[number % 4], owners[number / 2 % 4]);
        device.Model = number % 8 == 0 ? "iPad Air" : "Phone";
        device.Level = (RiskLevel)(number % 6);
        device.OrganizationGroupId = number % 5 == 0 ? null : 7 + (number % 3);
        return device;
    }

    private static IEnumerable<(Level Level, int Count)> Counts(LevelCounts counts) =>
        [
            (Level.Critical, counts.Critical),
            (Level.High, counts.High),
            (Level.Medium, counts.Medium),
            (Level.Low, counts.Low),
            (Level.Secure, counts.Secure),
            (Level.Unknown, counts.Unknown),
        ];

    private async Task<int> CountAsync(DeviceFilter filter) =>
        (await picket.Client.Devices(filter).PageAsync(cancellation)).Items.Count;

    [Fact]
    public async Task Neither_repeats_nor_hides_devices_while_others_are_inserted()
    {
        var old = Enumerable.Range(0, 25).Select(i => seed.Device($"Old {i}")).ToList();
        await seed.SaveAsync([.. old]);

        var filter = new DeviceFilter { IntegrationId = seed.Integration, Limit = 10 };
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await picket.Client.Devices(filter with { Cursor = cursor }).PageAsync(cancellation);
            seen.AddRange(page.Items.Select(device => device.Id));
            cursor = page.Next;
            var early = seed.Device("Early");
            await seed.SaveAsync(
                new DeviceRow
                {
                    Id = Guid.CreateVersion7(InventorySeed.Day(-1)),
                    IntegrationId = seed.Integration,
                    RemoteId = early.RemoteId,
                    Hash = [],
                }
            );
        } while (cursor is not null);

        Assert.Equal(old.Select(device => device.Id), seen);
    }

    [Fact]
    public async Task Neither_counts_nor_skips_in_the_database()
    {
        var (one, two) = (seed.Device("One"), seed.Device("Two"));
        await seed.SaveAsync(one, two, seed.Finding(one, "device.compromised"));
        // Other servers of this process say something too; these values are in no question but ours.
        using var sql = await SqlLog.ListenAsync($"{seed.Integration}", $"{one.Id}");
        var filter = new DeviceFilter
        {
            IntegrationId = seed.Integration,
            Finding = "device.compromised",
            Search = "O",
            Limit = 1,
        };

        var page = await picket.Client.Devices(filter).PageAsync(cancellation);

        Assert.Equal(1, Assert.Single(page.Items).Findings);
        Assert.Contains(sql.Commands, text => FromDevices().IsMatch(text));
        Assert.Contains(sql.Commands, text => FromFindings().IsMatch(text));
        Assert.All(sql.Commands, text => Assert.DoesNotMatch(CountOrOffset(), text));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=ten")]
    [InlineData("cursor=nonsense")]
    [InlineData("level=Awful")]
    [InlineData("integrationId=12")]
    [InlineData("finding=Compromised")]
    public async Task Refuses_a_query_that_it_does_not_understand(string query)
    {
        var answer = await picket.Http.GetAsync($"{Routes.Devices}?{query}", cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Asks_who_is_there()
    {
        var answer = await picket.NewHttp().GetAsync(Routes.Devices, cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task ExpectAsync(DeviceFilter filter, params string[] names)
    {
        var page = await picket
            .Client.Devices(filter with { IntegrationId = seed.Integration })
            .PageAsync(cancellation);
        Assert.Equal(names, page.Items.Select(device => device.FriendlyName));
    }

    [GeneratedRegex("FROM \"?devices\"?")]
    private static partial Regex FromDevices();

    [GeneratedRegex("FROM \"?findings\"?")]
    private static partial Regex FromFindings();

    [GeneratedRegex(@"COUNT\s*\(|OFFSET", RegexOptions.IgnoreCase)]
    private static partial Regex CountOrOffset();
}

public sealed class DeviceListTests(PicketOnSqlite running) : DeviceListStories(running), IClassFixture<PicketOnSqlite>;

public sealed class DeviceListPostgresTests(PicketOnPostgres running)
    : DeviceListStories(running),
        IClassFixture<PicketOnPostgres>;
