using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tests;

public sealed class FleetTests
{
    private static readonly string[] BadNames =
    [
        "com.example.stalker.tracker",
        "com.example.hiddenmonitor",
        "org.example.spycam.pro",
        "com.example.fakebank.update",
        "com.example.ios.watchful",
    ];

    private static DeviceFleet Fleet(ulong seed, int devices) => New(seed, devices).Fleet;

    private static Tenant New(ulong seed, int devices) => new(seed, devices, new FakeTimeProvider(Noon));

    private static DateTimeOffset Noon => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_the_same_for_the_same_seed()
    {
        Assert.Equal(Texts(Fleet(7, 300)), Texts(Fleet(7, 300)));
        Assert.NotEqual(Texts(Fleet(7, 300)), Texts(Fleet(8, 300)));
    }

    /// <summary>A smaller fleet is the beginning of a larger one, so a demo and a load run talk of the same devices.</summary>
    [Fact]
    public void Begins_alike_in_every_size() => Assert.Equal(Texts(Fleet(3, 200)), Texts(Fleet(3, 5000)).Take(200));

    [Fact]
    public void Finds_each_device_by_its_ids()
    {
        var fleet = Fleet(11, 2000);
        Gen.Int[0, 1999]
            .Sample(index =>
            {
                var device = fleet.All.ElementAt(index);
                return fleet.ById(device.Id)!.Index == index && fleet.ByUuid(device.Uuid)!.Index == index;
            });
        Assert.Null(fleet.ByUuid(Guid.NewGuid()));
        Assert.Null(fleet.ById(1));
    }

    [Fact]
    public void Gives_ids_that_grow_and_never_repeat()
    {
        var ids = Fleet(5, 3000).All.Select(device => device.Id).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.Equal(3000, Fleet(5, 3000).All.Select(device => device.Uuid).Distinct().Count());
    }

    [Fact]
    public void Holds_every_kind_of_trouble()
    {
        var devices = Fleet(1, 4000).All.ToList();
        Assert.Equal(5, devices.Select(device => device.Platform).Distinct().Count());
        Assert.Equal(["C", "E", "S", "Undefined"], devices.Select(device => device.Ownership).Distinct().Order());
        Assert.Contains(devices, device => device.Compromised is true);
        Assert.Contains(devices, device => device.Compromised is null);
        Assert.Contains(devices, device => !device.Encrypted);
        Assert.Contains(devices, device => !device.Passcode);
        Assert.Contains(devices, device => device.SilentSince == DateTime.MinValue);
        Assert.Contains(devices, device => device.ComplianceStatus == "NonCompliant");
        Assert.Contains(devices, device => device.EnrollmentStatus == "EnterpriseWipePending");
        Assert.Contains(devices, device => device.EnrollmentStatus == "Unenrolled");
        Assert.InRange(devices.Count(device => device.Compromised is true), 15, 80);
    }

    [Fact]
    public void Carries_the_packages_that_the_sample_feed_names()
    {
        var tenant = New(1, 20_000);
        var found = tenant
            .Fleet.All.SelectMany(tenant.Apps.All)
            .Select(app => app.BundleId)
            .Where(id =>
                id.StartsWith("com.example.", StringComparison.Ordinal)
                || id.StartsWith("org.example", StringComparison.Ordinal)
            )
            .ToHashSet();
        Assert.Superset(BadNames.ToHashSet(), found);
        Assert.Equal(5, found.Count(id => id.StartsWith("com.example.adfraud.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Runs_no_release_that_its_hardware_cannot_run()
    {
        var phones = Fleet(2, 3000)
            .All.Where(device => device.Platform is DevicePlatform.Ios or DevicePlatform.Android);
        Assert.All(
            phones,
            device =>
                Assert.InRange(
                    int.Parse(device.OperatingSystem.Split('.')[0]),
                    device.Model.Oldest,
                    device.Model.Newest
                )
        );
    }

    [Fact]
    public void Hides_personal_apps_of_employee_owned_devices_where_the_group_says_so()
    {
        var tenant = New(1, 2000);
        var hidden = tenant
            .Fleet.All.Where(device => device.Ownership == "E" && tenant.Tree.At(device.Group).HidesPersonalApps)
            .ToList();
        Assert.NotEmpty(hidden);
        Assert.All(hidden, device => Assert.All(tenant.Apps.Told(device), app => Assert.True(app.Managed)));
        Assert.Contains(hidden, device => tenant.Apps.All(device).Any(app => !app.Managed));
    }

    [Fact]
    public void Moves_volatile_fields_with_the_clock_and_nothing_else()
    {
        var time = new FakeTimeProvider(Noon);
        var fleet = new Tenant(1, 1000, time).Fleet;
        var before = fleet.All.Select(device => fleet.CheckIn(device)).ToList();
        var texts = Texts(fleet);
        time.Advance(TimeSpan.FromSeconds(11));
        var after = fleet.All.Select(device => fleet.CheckIn(device)).ToList();

        Assert.Equal(texts, Texts(fleet));
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), 450, 700);
        Assert.All(before.Zip(after), pair => Assert.True(pair.First.LastSeen <= pair.Second.LastSeen));
        Assert.All(after, checkIn => Assert.True(checkIn.LastSeen <= time.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public void Takes_memory_only_for_what_was_changed()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fleet = Fleet(1, 1_000_000);
        fleet.Change(fleet.All.First().Id, device => device with { Passcode = false });
        Assert.Equal(1, fleet.Changed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Loses_the_share_that_is_taken()
    {
        var fleet = Fleet(1, 5000);
        var removed = fleet.RemoveShare(0.6);
        Assert.InRange(removed, 2850, 3150);
        Assert.Equal(5000 - removed, fleet.Remaining);
    }

    private static List<string> Texts(DeviceFleet fleet) => [.. fleet.All.Select(device => device.ToString())];
}
