using CsCheck;
using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class FunnelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly Gen<bool?> Maybe = Gen.Int[0, 2].Select(each => each == 0 ? (bool?)null : each == 1);

    private static readonly Gen<FunnelDevice> Devices = Gen.Select(
        Gen.Select(Maybe, Maybe, Maybe, Maybe, Maybe),
        Gen.Int[0, 6],
        Gen.Int[-1, 20],
        (facts, app, days) =>
            new FunnelDevice(1)
            {
                Managed = facts.Item1,
                Supported = facts.Item2,
                InRing = facts.Item3,
                Activated = facts.Item4,
                Reporting = facts.Item5,
                App = (InstallState)app,
                LastSeen = days < 0 ? null : Now.AddDays(-days),
            }
    );

    private static FunnelDevice Whole =>
        new(1)
        {
            Managed = true,
            Supported = true,
            InRing = true,
            LastSeen = Now,
        };

    [Fact]
    public void Counts_add_up_to_the_scope() =>
        Devices
            .Array[0, 60]
            .Sample(devices =>
            {
                var counts = Funnel.Count(devices.Select(device => Funnel.Place(device, Week, Now)));

                Assert.Equal(devices.Length, counts.Sum(count => count.Devices));
                Assert.Equal(devices.Length, Funnel.Reached(counts, FunnelStage.InScope));
                var reached = Enum.GetValues<FunnelStage>().Select(stage => Funnel.Reached(counts, stage)).ToList();
                Assert.Equal(reached.OrderDescending(), reached);
            });

    [Fact]
    public void Calls_nothing_reached_that_is_not_proven() =>
        Devices.Sample(device =>
        {
            var place = Funnel.Place(device, Week, Now);

            Assert.Equal(
                place.Stage >= FunnelStage.Installed,
                device.App == InstallState.Installed && device.Managed is not false
            );
            Assert.True(place.Stage < FunnelStage.Activated || device.Activated is true);
            Assert.True(place.Stage < FunnelStage.Reporting || device.Reporting is true);
            Assert.True(place.Gap != FunnelGap.None || place.Stage >= FunnelStage.Installed);
            Assert.NotEmpty(FunnelTexts.Reason(place.Gap));
            Assert.NotEmpty(FunnelTexts.Remedy(place.Gap));
        });

    [Fact]
    public void Each_gap_has_its_reason()
    {
        Assert.Equal(FunnelGap.NotManaged, Gap(Whole with { Managed = false, App = InstallState.Installed }));
        Assert.Equal(FunnelGap.PlatformNotSupported, Gap(Whole with { Supported = false }));
        Assert.Equal(FunnelGap.NoRing, Gap(Whole with { InRing = false }));
        Assert.Equal(FunnelGap.NotRead, Gap(Whole));
        Assert.Equal(FunnelGap.NotAssigned, Gap(Whole with { App = InstallState.NotAssigned }));
        Assert.Equal(FunnelGap.Pending, Gap(Whole with { App = InstallState.Pending }));
        Assert.Equal(FunnelGap.NotSeen, Gap(Whole with { App = InstallState.Pending, LastSeen = Now.AddDays(-8) }));
        Assert.Equal(FunnelGap.Failed, Gap(Whole with { App = InstallState.Failed }));
        Assert.Equal(FunnelGap.Removed, Gap(Whole with { App = InstallState.Removed }));
        Assert.Equal(FunnelGap.NotUnderstood, Gap(Whole with { App = InstallState.NotUnderstood }));
        Assert.Equal(FunnelGap.None, Gap(Whole with { App = InstallState.Installed }));
        Assert.Equal(FunnelGap.NotActivated, Gap(Whole with { App = InstallState.Installed, Activated = false }));
        Assert.Equal(FunnelGap.NotReporting, Gap(Whole with { App = InstallState.Installed, Activated = true }));
    }

    [Theory]
    [InlineData("Assigned", "Installed", "InstallCommandDispatched", InstallState.Installed)]
    [InlineData("NotAssigned", "Installed", null, InstallState.Installed)]
    [InlineData("Assigned", "NotInstalled", "InstallCommandReadyForDevice", InstallState.Pending)]
    [InlineData("Assigned", "Not Installed", "Download Failed", InstallState.Failed)]
    [InlineData("Assigned", "NotInstalled", "ManagedButUninstalled", InstallState.Removed)]
    [InlineData("NotAssigned", "NotInstalled", null, InstallState.NotAssigned)]
    [InlineData("Assigned", "Sideways", null, InstallState.NotUnderstood)]
    [InlineData(null, "NotInstalled", null, InstallState.NotUnderstood)]
    [InlineData("Assigned", null, null, InstallState.NotUnderstood)]
    public void Reads_the_words_of_the_uem(
        string? assigned,
        string? installed,
        string? action,
        InstallState expected
    ) => Assert.Equal(expected, InstallStates.Of(assigned, installed, action));

    private static FunnelGap Gap(FunnelDevice device) => Funnel.Place(device, Week, Now).Gap;
}
