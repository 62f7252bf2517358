using System.Net;
using System.Text.RegularExpressions;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Response;

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
        using var sql = new SqlLog($"{seed.Integration}", $"{one.Id}");
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
