using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Tests.Life;

/// <summary>What the fleet does by itself is a function of seed, index and time.</summary>
public sealed class NaturalLifeTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider time = new(Scene.Noon);

    [Fact]
    public void Is_off_unless_asked()
    {
        var fleet = Of(pace: 0, 500).Fleet;
        var before = Texts(fleet);
        time.Advance(TimeSpan.FromDays(300));
        Assert.Equal(before, Texts(fleet));
    }

    [Fact]
    public void Makes_everything_happen_within_a_quarter()
    {
        var tenant = Of(pace: 1, 4000);
        var before = tenant.Fleet.All.ToList();
        var apps = before.Select(device => Apps(tenant, device)).ToList();
        time.Advance(TimeSpan.FromDays(90));
        var pairs = before.Zip(tenant.Fleet.All).ToList();

        Assert.InRange(pairs.Count(pair => pair.First.OperatingSystem != pair.Second.OperatingSystem), 300, 3000);
        Assert.Contains(pairs, pair => pair.First.IsEnrolled && pair.Second.EnrollmentStatus == "Unenrolled");
        Assert.Contains(pairs, pair => pair.First.EnrollmentStatus == "Registered" && pair.Second.IsEnrolled);
        Assert.Contains(pairs, pair => pair.First.Compromised is false && pair.Second.Compromised is true);
        Assert.True(apps.Zip(pairs).Count(item => item.First != Apps(tenant, item.Second.Second)) > 3000);
    }

    [Fact]
    public void Comes_to_the_same_however_the_clock_got_there()
    {
        var stepped = Of(pace: 20, 300);
        for (var day = 0; day < 40; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            _ = stepped.Fleet.All.ToList();
        }

        Assert.Equal(Texts(Of(pace: 20, 300).Fleet), Texts(stepped.Fleet));
        Assert.Equal(Texts(Of(pace: 20, 5000).Fleet).Take(300), Texts(stepped.Fleet));
    }

    [Fact]
    public void Never_runs_a_release_that_the_hardware_cannot_run()
    {
        var fleet = Of(pace: 50, 3000).Fleet;
        time.Advance(TimeSpan.FromDays(30));
        var phones = fleet.All.Where(device => device.Platform is DevicePlatform.Ios or DevicePlatform.Android);
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

    /// <summary>The moments are found without asking every device; here every device is asked.</summary>
    [Fact]
    public void Finds_exactly_the_devices_that_changed()
    {
        const int devices = 3000;
        var life = new NaturalLife(9, 5, Delay);
        var tenant = new Tenant(9, devices, time, life);
        Gen.Select(Gen.Int[0, 200 * 24 * 60], Gen.Int[1, 12 * 60])
            .Sample(
                (start, length) =>
                {
                    var after = Scene.Noon.UtcDateTime.AddMinutes(start);
                    var until = after.AddMinutes(length);
                    var changed = Enumerable
                        .Range(0, devices)
                        .Where(index =>
                            StateText(tenant.Fleet.At(index, after)) != StateText(tenant.Fleet.At(index, until))
                        );
                    var moments = life.Moments(after, until, devices).Select(moment => moment.Index).ToHashSet();
                    return moments.IsSupersetOf(changed)
                        && life.Moments(after, until, devices).All(moment => moment.At > after && moment.At <= until);
                },
                iter: 12
            );
    }

    [Fact]
    public void What_somebody_set_stays_while_the_rest_lives_on()
    {
        var fleet = Of(pace: 50, 400).Fleet;
        var device = fleet.All.First(item =>
            item.IsEnrolled && item.Platform is DevicePlatform.Ios && Lags(fleet, item)
        );
        fleet.Change(device.Id, had => had with { FriendlyName = "The director's phone" });
        time.Advance(TimeSpan.FromDays(20));
        var later = fleet.ById(device.Id)!;
        Assert.Equal("The director's phone", later.FriendlyName);
        Assert.NotEqual(device.OperatingSystem, later.OperatingSystem);
        Assert.Equal(1, fleet.Changed);
    }

    private static bool Lags(DeviceFleet fleet, Device device) =>
        fleet.At(device.Index, Scene.Noon.UtcDateTime.AddDays(20)).OperatingSystem != device.OperatingSystem;

    private Tenant Of(double pace, int devices) => new(4, devices, time, new NaturalLife(4, pace, Delay));

    private static string Apps(Tenant tenant, Device device) =>
        string.Join(',', tenant.Apps.All(device).Select(app => app.BundleId));

    // Apps change without an event on the wire, so they are no moment.
    private static string StateText(Device device) => (device with { AddedApps = [], RemovedApps = [] }).ToString();

    private static List<string> Texts(DeviceFleet fleet) =>
        [
            .. fleet.All.Select(device =>
                $"{device} {string.Join(',', device.AddedApps)} {string.Join(',', device.RemovedApps)}"
            ),
        ];
}
