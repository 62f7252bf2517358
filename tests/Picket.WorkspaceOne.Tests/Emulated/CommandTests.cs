using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Commands: queued once, followed by reading, and never sent a second time.</summary>
public sealed class CommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_once_tells_refusals_apart_and_never_repeats_after_a_lost_or_broken_answer()
    {
        await using var uem = await PublishingUem.StartAsync();
        var (client, device) = (uem.Client(), Enrolled(uem));

        await client.Commands.SyncAsync(device.Id, Cancel);
        await client.Commands.QueryAsync(device.Id, Cancel);
        await client.Commands.LockAsync(device.Id, Cancel);
        Assert.Equal(["SyncDevice", "DeviceQuery", "Lock"], Names(uem, device));

        uem.LoseAnswer("/commands");
        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() => client.Commands.LockAsync(device.Id, Cancel));
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.CrashAfter,
                Path = "/commands",
                Times = 2,
            }
        );
        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() => client.Commands.SyncAsync(device.Id, Cancel));
        uem.Break();
        Assert.Equal(["SyncDevice", "DeviceQuery", "Lock", "Lock", "SyncDevice"], Names(uem, device));

        var gone = uem.Host.Fleet.All.First(each => each.EnrollmentStatus == "Unenrolled");
        await Assert.ThrowsAsync<NotEnrolledException>(() => client.Commands.LockAsync(gone.Id, Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() => client.Commands.SyncAsync(1, Cancel));
    }

    [Fact]
    public async Task Follows_a_wipe_through_the_wipe_lock_to_its_end_and_says_when_the_role_may_not()
    {
        await using var uem = await PublishingUem.StartAsync();
        var (client, host, device) = (uem.Client(), uem.Host, Enrolled(uem));
        var group = host.OrganizationGroup.Uuid;
        var began = new DateTimeOffset(2026, 11, 20, 11, 0, 0, TimeSpan.Zero);

        Assert.False(await client.Commands.IsWipeLockedAsync(group, Cancel));
        Assert.Empty(await client.Commands.WipesAsync(group, began, Cancel));

        host.WipeLock.Set(host.OrganizationGroup.Index, on: true);
        Assert.True(await client.Commands.IsWipeLockedAsync(group, Cancel));
        await client.Commands.EnterpriseWipeAsync(device.Id, "Picket 7", Cancel);
        Assert.Equal("HELD", await StatusAsync());
        Assert.Equal("Enrolled", (await client.Devices.GetAsync(device.Id, Cancel)).EnrollmentStatus);

        host.Life.Approve(host.Commands.Of(device)[0]);
        Assert.Equal("APPROVED", await StatusAsync());
        Assert.Equal("EnterpriseWipePending", (await client.Devices.GetAsync(device.Id, Cancel)).EnrollmentStatus);

        host.Life.CheckIn(host.Fleet.ById(device.Id)!);
        Assert.Equal("Unenrolled", (await client.Devices.GetAsync(device.Id, Cancel)).EnrollmentStatus);
        await Assert.ThrowsAsync<NotEnrolledException>(() =>
            client.Commands.EnterpriseWipeAsync(device.Id, "Picket 8", Cancel)
        );

        host.Access.Account(host.Credentials.Account).Role = host.Access.Role("Read Only");
        var other = Enrolled(uem);
        await Assert.ThrowsAsync<PermissionMissingException>(() =>
            client.Commands.EnterpriseWipeAsync(other.Id, "Picket 9", Cancel)
        );

        async Task<string?> StatusAsync() =>
            Assert
                .Single(await client.Commands.WipesAsync(group, began, Cancel), wipe => wipe.DeviceUuid == device.Uuid)
                .Status;
    }

    private static IEnumerable<string> Names(Uem uem, Device device) =>
        uem.Host.Commands.Of(device).OrderBy(command => command.Id).Select(command => command.Name);

    private static Device Enrolled(Uem uem) => uem.Host.Fleet.All.First(device => device.IsEnrolled);
}
