using System.Net;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Risk;

public abstract class VerdictHistoryStories(DatabaseKind kind, TestPostgres postgres) : DatabaseStories(kind, postgres)
{
    private protected static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task The_verdicts_of_a_day_are_those_after_its_last_judging()
    {
        await using var picket = await StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var phone = await fleet.AddAsync();
        await fleet.AddAsync(device => device.Compromised = true);
        await fleet.JudgedAsync();
        await NotedAsync(picket, new LevelCounts(0, 1, 0, 0, 0, 1));

        await fleet.ChangeAsync(phone, device => device.Compromised = true);
        await fleet.JudgedAsync();

        await NotedAsync(picket, new LevelCounts(0, 0, 0, 0, 0, 2));
    }

    [Fact]
    public async Task The_devices_to_look_at_first_are_the_worst_and_then_the_newest()
    {
        await using var picket = await StartAsync();
        var seed = new InventorySeed(picket.OpenDatabase);
        var (older, newer, worst, gone, fine) = (
            Device(seed, "Older"),
            Device(seed, "Newer"),
            Device(seed, "Worst"),
            Device(seed, "Gone"),
            seed.Device("Fine")
        );
        gone.GoneAt = InventorySeed.Day(9);
        await seed.SaveAsync([
            .. new[] { older, newer, worst, gone, fine },
            Found(seed, worst, 1, RiskLevel.Critical),
            Found(seed, older, 2, RiskLevel.High),
            Found(seed, newer, 3, RiskLevel.High),
            Found(seed, gone, 4, RiskLevel.High, ended: true),
            Found(seed, fine, 5, RiskLevel.Medium),
        ]);

        var first = (await picket.Client.RiskiestDevicesAsync(Cancellation)).Items;

        Assert.Equal(["Worst", "Newer", "Older"], first.Select(one => one.Device.FriendlyName));
        Assert.All(first, one => Assert.Equal("device.compromised is true", one.Finding));
        Assert.Equal(InventorySeed.Day(1), first[0].Since);
    }

    private protected static FindingRow Weightless(
        InventorySeed seed,
        DeviceRow device,
        int at,
        FindingStanding standing
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(9)),
            IntegrationId = seed.Integration,
            DeviceId = device.Id,
            Kind = "app.malicious",
            Key = $"app.malicious|{at}",
            Level = RiskLevel.Critical,
            Standing = standing,
            Title = "It is listed",
            Detail = seed.Finding(device, "app.malicious").Detail,
            FirstTrueAt = InventorySeed.Day(9),
            LastTrueAt = InventorySeed.Day(9),
        };

    private protected static async Task NotedAsync(PicketApplication picket, LevelCounts wanted)
    {
        // Noted right after the last device was judged.
        LevelCounts? last = null;
        for (var tries = 0; tries < 100 && last != wanted; tries++)
        {
            var histories = (await picket.Client.VerdictHistoryAsync(cancellationToken: Cancellation)).Items;
            last = histories.Count == 0 ? null : Assert.Single(Assert.Single(histories).Days).Verdicts;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }

        Assert.Equal(wanted, last);
    }

    private protected static VerdictDayRow Day(InventorySeed seed, int daysFromToday, int critical) =>
        new()
        {
            IntegrationId = seed.Integration,
            Day = Today.AddDays(daysFromToday),
            Critical = critical,
        };

    private protected static DeviceRow Device(InventorySeed seed, string name)
    {
        var device = seed.Device(name);
        device.Level = RiskLevel.High;
        return device;
    }

    private protected static FindingRow Found(
        InventorySeed seed,
        DeviceRow device,
        int day,
        RiskLevel level,
        bool ended = false
    )
    {
        var like = seed.Finding(device, "device.compromised");
        return new FindingRow
        {
            Id = Guid.CreateVersion7(InventorySeed.Day(day)),
            IntegrationId = seed.Integration,
            DeviceId = device.Id,
            Kind = like.Kind,
            Key = like.Key,
            Level = level,
            Title = like.Title,
            Detail = like.Detail,
            FirstTrueAt = InventorySeed.Day(day),
            LastTrueAt = InventorySeed.Day(day),
            ClearedAt = ended ? InventorySeed.Day(day + 1) : null,
        };
    }
}

public sealed class VerdictHistoryTests(TestPostgres postgres) : VerdictHistoryStories(DatabaseKind.Sqlite, postgres)
{
    [Fact]
    public async Task A_day_without_a_judging_is_as_the_day_before_it()
    {
        await using var picket = await StartAsync();
        var seed = new InventorySeed(picket.OpenDatabase);
        await seed.SaveAsync(Day(seed, -3, critical: 4), Day(seed, -1, critical: 2), Day(seed, -50, critical: 9));

        var month = Assert.Single((await picket.Client.VerdictHistoryAsync(cancellationToken: Cancellation)).Items);
        var quarter = Assert.Single((await picket.Client.VerdictHistoryAsync(90, Cancellation)).Items);

        Assert.Equal(seed.Integration, month.IntegrationId);
        Assert.Equal(
            [(Today.AddDays(-3), 4), (Today.AddDays(-2), 4), (Today.AddDays(-1), 2), (Today, 2)],
            month.Days.Select(day => (day.Day, day.Verdicts.Critical))
        );
        Assert.Equal(51, quarter.Days.Count);
    }

    [Fact]
    public async Task Verdicts_are_kept_for_so_many_days_and_no_more_can_be_asked_for()
    {
        await using var picket = await StartAsync();
        var seed = new InventorySeed(picket.OpenDatabase);
        await seed.SaveAsync(
            Day(seed, -VerdictHistory.MostDays, critical: 1),
            Day(seed, 1 - VerdictHistory.MostDays, critical: 2)
        );

        await picket.Service<VerdictDays>().NoteAsync(seed.Integration, Cancellation);

        var days = Assert
            .Single((await picket.Client.VerdictHistoryAsync(VerdictHistory.MostDays, Cancellation)).Items)
            .Days;
        Assert.Equal((VerdictHistory.MostDays, 2), (days.Count, days[0].Verdicts.Critical));
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.VerdictHistoryAsync(VerdictHistory.MostDays + 1, Cancellation)
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    /// <summary>An exception or a grace period takes a finding's weight: the device is fine by the policy.</summary>
    [Fact]
    public async Task What_has_no_weight_crowds_nobody_out_of_the_devices_to_look_at_first()
    {
        await using var picket = await StartAsync();
        var seed = new InventorySeed(picket.OpenDatabase);
        var (excepted, inGrace, milder, real) = (
            seed.Device("Excepted"),
            seed.Device("In grace"),
            seed.Device("Milder by now"),
            Device(seed, "Real")
        );
        await seed.SaveAsync([
            .. new[] { excepted, inGrace, milder, real },
            .. Enumerable.Range(0, 250).Select(at => Weightless(seed, excepted, at, FindingStanding.Excepted)),
            Weightless(seed, inGrace, 251, FindingStanding.InGrace),
            Found(seed, milder, 8, RiskLevel.Critical), // Its device was judged since.
            Found(seed, real, 1, RiskLevel.High),
        ]);

        var first = (await picket.Client.RiskiestDevicesAsync(Cancellation)).Items;

        Assert.Equal(["Real"], first.Select(one => one.Device.FriendlyName));
    }
}

public sealed class VerdictHistoryPostgresTests(TestPostgres postgres)
    : VerdictHistoryStories(DatabaseKind.Postgres, postgres);
