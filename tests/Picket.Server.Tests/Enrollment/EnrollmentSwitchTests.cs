using Picket.Api;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Access;
using Grant = Picket.Core.Identity.Grant;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Enrollment;

/// <summary>Registering is off until an administrator of the integration switches it on (law 6).</summary>
public sealed class EnrollmentSwitchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_and_sends_nothing_until_it_is_switched_on()
    {
        await using var scene = await ImportScene.StartAsync(
            integration: row => row.EnrollmentEnabled = false,
            read: false
        );
        var check = await scene.CheckAsync(ImportKind.Users, "user_name", "e.noether");
        var off = await scene.Client.EnrollmentAsync(scene.Integration, Cancel);
        Assert.False(off.Enabled);
        Assert.Contains(off.Needs, need => need.EndsWith("Add Device (Edit)", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.StartAsync(check.Id));
        var byHand = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RegisterDeviceAsync(
                scene.Integration,
                new RegisterDevice { UserName = "somebody", SerialNumber = "NEW-1" },
                Cancel
            )
        );

        Assert.Equal((409, 409), ((int)refused.Status, (int)byHand.Status));
        Assert.Contains("is off: needs", refused.Problem.Detail);
        Assert.Equal(0, scene.Writes);
        var on = await scene.Client.SetEnrollmentAsync(scene.Integration, true, Cancel);
        Assert.True(on is { Enabled: true, WhyNot: null });
        Assert.Equal(ImportState.Completed, (await scene.StartAsync(check.Id)).State);
    }

    [Fact]
    public async Task Names_the_right_that_is_missing_to_read_before_it_is_switched_on()
    {
        await using var scene = await ImportScene.StartAsync(
            integration: row => row.EnrollmentEnabled = false,
            read: false
        );
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!.Revoke(new Right(Rows.AddDevice, RightMode.Read));

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.SetEnrollmentAsync(scene.Integration, true, Cancel)
        );

        Assert.Equal(422, (int)refused.Status);
        Assert.Contains("Add Device (Read)", refused.Problem.Detail);
        Assert.False((await scene.Client.EnrollmentAsync(scene.Integration, Cancel)).Enabled);
    }

    [Fact]
    public async Task Only_whom_the_UEM_lets_change_the_integration_switches_it_on()
    {
        await using var scene = await ImportScene.StartAsync(
            integration: row => row.EnrollmentEnabled = false,
            read: false
        );

        using var unlinked = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Administrator, null));

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            unlinked.Client.SetEnrollmentAsync(scene.Integration, true, Cancel)
        );

        Assert.Equal(403, (int)refused.Status);
        Assert.Equal(0, scene.Uem.RequestLog.Entries.Count(call => call.Path.Contains("registereddevices")));
    }

    [Fact]
    public async Task What_was_written_tells_the_doctor_which_rights_there_are()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.UserNames.First();
        var check = await scene.CheckAsync(ImportKind.Devices, "user_name,serial_number", $"{user},NEW-1");
        scene.Revoke(Rows.AddDevice);
        await scene.StartAsync(check.Id);

        var without = await scene.Client.DoctorAsync(scene.Integration, cancellationToken: Cancel);

        Assert.Equal(CheckState.Fail, State(without));
        scene.Grant(Rows.AddDevice);
        await scene.RetryAsync(check.Id);
        Assert.Equal(
            CheckState.Pass,
            State(await scene.Client.DoctorAsync(scene.Integration, cancellationToken: Cancel))
        );

        static CheckState State(DoctorReport report) =>
            report.Checks.Single(row => row.Id == "right:add-device-edit").State;
    }
}
