using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Inventory;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;
using Role = Picket.Core.Identity.Role;
using Rules = Picket.Core.Response;

namespace Picket.Server.Tests.Commands;

/// <summary>Commands that one person may want. The UEM's own list of what devices were sent decides.</summary>
public sealed class CommandTests(CommandScene scene) : IClassFixture<CommandScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_out_once_and_is_confirmed_when_the_device_has_reported()
    {
        var device = scene.Take();
        var asked = await scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Sync), Cancel);
        var sent = await scene.BecomesAsync(asked.Id, DeviceCommandState.Sent);

        Assert.Equal(["SyncDevice"], scene.Got(device));
        Assert.Equal(scene.Asker.Colleague.Name, sent.WantedBy);
        var twice = await CommandScene.RefusedAsync(
            409,
            () => scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Sync), Cancel)
        );
        Assert.Equal("The same is under way", twice.Title);

        scene.Report(device);
        var done = await scene.BecomesAsync(asked.Id, DeviceCommandState.Confirmed);

        Assert.Equal(["SyncDevice"], scene.Got(device));
        var entry = await scene.Picket.Client.LedgerEntryAsync(done.LedgerEntryId!.Value, Cancel);
        Assert.Equal(
            ("SyncDevice", LedgerState.Confirmed, asked.Id),
            (entry.Write.Kind, entry.Write.State, entry.Write.CommandId)
        );
        Assert.Equal((scene.Asker.Colleague.Name, 1), (entry.Trail!.WantedBy, entry.Trail.Sends));
        Assert.NotNull(entry.Trail.ConfirmedAt);
        Assert.Equal(LedgerState.Confirmed, entry.Entries.Single().State);
        // What it reported is read at once.
        await TagScene.UntilAsync(
            async () => await scene.Picket.Client.Runs().FirstAsync(Cancel),
            run => run is { Kind: RunKind.Device, State: RunState.Completed }
        );
    }

    [Fact]
    public async Task Locks_for_a_person_with_a_reason_only_and_never_in_a_tokens_name()
    {
        var device = scene.Take();
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);
        var wish = Wish(DeviceCommand.Lock) with { Reason = "Left in a taxi" };

        await CommandScene.RefusedAsync(
            422,
            () => scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Lock), Cancel)
        );
        await CommandScene.RefusedAsync(
            422,
            () =>
                scene.Asker.Client.CommandAsync(
                    device.Id,
                    Wish(DeviceCommand.EnterpriseWipe) with
                    {
                        Reason = "x",
                    },
                    Cancel
                )
        );
        await CommandScene.RefusedAsync(
            422,
            () => scene.Asker.Client.CommandAsync(device.Id, wish with { Reason = new string('x', 501) }, Cancel)
        );
        await CommandScene.RefusedAsync(403, () => new PicketClient(service).CommandAsync(device.Id, wish, Cancel));
        Assert.Empty(scene.Got(device));

        var locked = await scene.Asker.Client.CommandAsync(device.Id, wish, Cancel);
        var queried = await new PicketClient(service).CommandAsync(device.Id, Wish(DeviceCommand.RequestApps), Cancel);
        await scene.BecomesAsync(locked.Id, DeviceCommandState.Sent);
        await scene.BecomesAsync(queried.Id, DeviceCommandState.Sent);

        Assert.Equal(["Lock", "DeviceQuery"], scene.Got(device));
        Assert.Equal("Left in a taxi", (await scene.Picket.Client.CommandAsync(locked.Id, Cancel)).Cause);
    }

    [Fact]
    public async Task Each_brake_holds_it_and_says_so()
    {
        var (device, client) = (scene.Take(), scene.Asker.Client);
        var wish = Wish(DeviceCommand.Lock) with { Reason = "Left in a taxi" };

        await scene.SetAsync(row => row.CommandsEnabled = false);
        await HeldAsync("are off");
        await scene.SetAsync(row => row.CommandsEnabled = true);

        await WithAsync(row => row.LastSeenAt -= TimeSpan.FromDays(4), "has not reported");
        await WithAsync(row => row.EnrollmentStatus = "Unenrolled", "not enrolled");
        await WithAsync(row => row.GoneAt = row.LastSeenAt, "left the fleet");
        await scene.SetAsync(row => row.CommandFreshHours = 720);
        await using (var db = scene.Picket.OpenDatabase())
        {
            db.NeverTouch.Add(
                new NeverTouchRow
                {
                    Id = Guid.CreateVersion7(),
                    IntegrationId = scene.Integration,
                    Kind = Rules.NeverTouchKind.Device,
                    Value = device.SerialNumber!,
                    Reason = "Board",
                    AddedBy = "test",
                    AddedAt = device.FirstSeenAt,
                }
            );
            await db.SaveChangesAsync(Cancel);
        }

        await HeldAsync("never-touch list");
        Assert.Empty(scene.Got(device));

        async Task WithAsync(Action<DeviceRow> change, string words)
        {
            await using var db = scene.Picket.OpenDatabase();
            change(await db.Devices.SingleAsync(row => row.Id == device.Id, Cancel));
            await db.SaveChangesAsync(Cancel);
            await HeldAsync(words);
            await db
                .Devices.Where(row => row.Id == device.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.LastSeenAt, device.LastSeenAt)
                            .SetProperty(row => row.EnrollmentStatus, device.EnrollmentStatus)
                            .SetProperty(row => row.GoneAt, (DateTimeOffset?)null),
                    Cancel
                );
        }

        async Task HeldAsync(string words)
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
                client.CommandAsync(device.Id, wish, Cancel)
            );
            Assert.Equal(409, (int)refused.Status);
            Assert.Contains(words, refused.Problem.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_more_locks_go_within_an_hour_than_are_allowed_however_many_want_them_at_once()
    {
        scene.Clock.Advance(TimeSpan.FromHours(2)); // Those of other stories do not count any more.
        await scene.SetAsync(row => row.LocksPerHour = 4);
        var other = await scene.MemberAsync(Role.Analyst, factor: false, linked: false);
        var (devices, late) = (Enumerable.Range(0, 6).Select(_ => scene.Take()).ToList(), scene.Take());

        var asked = await Task.WhenAll(
            devices.Select((device, at) => LockAsync(at % 2 == 0 ? scene.Asker : other, device))
        );
        var became = await Task.WhenAll(asked.Select(one => scene.BecomesAsync(one.Id, IsDecided)));

        Assert.Equal(4, became.Count(view => view.SentAt is not null));
        var waiting = became.Where(view => view.SentAt is null).ToList();
        Assert.All(waiting, view => Assert.Equal(DeviceCommandState.Due, view.State));
        Assert.All(waiting, view => Assert.Contains("(4 an hour)", view.Reason, StringComparison.Ordinal));
        Assert.Equal(4, Locked().Count);

        // Nor towards the end of the hour, nor for somebody else; what changes nothing on a device is not held.
        scene.Clock.Advance(TimeSpan.FromMinutes(58));
        var more = await scene.BecomesAsync((await LockAsync(other, late)).Id, IsDecided);
        Assert.Equal(DeviceCommandBrake.LockCap, more.Brake);
        Assert.Equal(4, Locked().Count);
        var sync = await other.Client.CommandAsync(late.Id, Wish(DeviceCommand.Sync), Cancel);
        await scene.BecomesAsync(sync.Id, view => view.SentAt is not null);

        scene.Clock.Advance(TimeSpan.FromMinutes(3));
        foreach (var one in waiting.Append(more))
        {
            await scene.BecomesAsync(one.Id, view => view.SentAt is not null);
        }

        Assert.All(devices, device => Assert.Equal(["Lock"], scene.Got(device)));
        await scene.SetAsync(row => row.LocksPerHour = 20);

        static bool IsDecided(CommandView view) => view.SentAt is not null || view.Brake == DeviceCommandBrake.LockCap;

        List<DeviceRow> Locked() => devices.Append(late).Where(device => scene.Got(device).Contains("Lock")).ToList();

        static Task<CommandView> LockAsync(Member member, DeviceRow device) =>
            member.Client.CommandAsync(device.Id, Wish(DeviceCommand.Lock) with { Reason = "Taxi" }, Cancel);
    }

    [Fact]
    public async Task Locks_within_an_hour_are_a_setting_of_the_integration_that_is_audited()
    {
        foreach (var most in new[] { 0, 1001 })
        {
            var wish = new SetCommands { LocksPerHour = most };
            var refused = await CommandScene.RefusedAsync(
                400,
                () => scene.Picket.Client.SetCommandsAsync(scene.Integration, wish, Cancel)
            );
            Assert.Equal(["locksPerHour"], refused.Errors!.Keys);
        }

        Assert.Equal(20, (await scene.Picket.Client.CommandSettingsAsync(scene.Integration, Cancel)).LocksPerHour);
        await scene.Picket.Client.SetCommandsAsync(scene.Integration, new SetCommands { LocksPerHour = 1000 }, Cancel);
        var set = await scene.Picket.Client.SetCommandsAsync(scene.Integration, new SetCommands(), Cancel);
        Assert.Equal(1000, set.LocksPerHour);
        var said = await scene.Picket.Client.Audit(new AuditFilter { Action = "commands.changed" }).ToListAsync(Cancel);
        Assert.Contains(said, entry => $"{entry.After}".Contains("\"LocksPerHour\":1000", StringComparison.Ordinal));
        await scene.SetAsync(row => row.LocksPerHour = 20);
    }

    [Fact]
    public async Task A_command_of_a_kind_that_only_a_newer_version_knows_is_never_sent()
    {
        var device = scene.Take();
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var asked = await scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Query), Cancel);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .DeviceCommands.Where(row => row.Id == asked.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Kind, (Rules.CommandKind)99), Cancel);
        }

        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.BecomesAsync(
            asked.Id,
            view => view.Reason?.Contains("unexpected error", StringComparison.Ordinal) is true
        );

        Assert.Empty(scene.Got(device));
        var ended = await scene.Picket.Client.CancelCommandAsync(asked.Id, Cancel);
        Assert.Equal(DeviceCommandState.Cancelled, ended.State);
    }

    [Fact]
    public async Task A_lost_answer_is_never_sent_again_but_settled_by_reading_or_by_a_person()
    {
        var (first, second) = (scene.Take(), scene.Take());
        scene.On(FaultAction.LoseAnswer);
        var sync = await scene.Asker.Client.CommandAsync(first.Id, Wish(DeviceCommand.Sync), Cancel);
        await scene.BecomesAsync(sync.Id, DeviceCommandState.Unclear);
        scene.On(FaultAction.LoseAnswer);
        var locking = await scene.Asker.Client.CommandAsync(
            second.Id,
            Wish(DeviceCommand.Lock) with
            {
                Reason = "Taxi",
            },
            Cancel
        );
        await scene.BecomesAsync(locking.Id, DeviceCommandState.Unclear);

        scene.Report(first);
        scene.Report(second);
        await scene.BecomesAsync(sync.Id, DeviceCommandState.Confirmed);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel);

        Assert.Equal(["SyncDevice"], scene.Got(first));
        Assert.Equal(["Lock"], scene.Got(second));
        var unclear = await scene.Picket.Client.CommandAsync(locking.Id, Cancel);
        Assert.Equal(DeviceCommandState.Unclear, unclear.State);
        await CommandScene.RefusedAsync(409, () => scene.Picket.Client.CancelCommandAsync(locking.Id, Cancel));
        await CommandScene.RefusedAsync(403, () => scene.Asker.Client.SettleCommandAsync(locking.Id, true, Cancel));
        var settled = await scene.Approver.Client.SettleCommandAsync(locking.Id, happened: true, Cancel);
        Assert.Equal((DeviceCommandState.Confirmed, scene.Approver.Colleague.Name), (settled.State, settled.EndedBy));
        await CommandScene.RefusedAsync(409, () => scene.Picket.Client.SettleCommandAsync(locking.Id, false, Cancel));
    }

    [Fact]
    public async Task What_a_process_left_on_its_way_when_it_died_is_unclear_and_not_sent_again()
    {
        var device = scene.Take();
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var asked = await scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Query), Cancel);
        await scene.BecomesAsync(asked.Id, view => view.Brake == DeviceCommandBrake.Stop);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .DeviceCommands.Where(row => row.Id == asked.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, Rules.CommandState.Sending), Cancel);
        }

        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.BecomesAsync(asked.Id, DeviceCommandState.Unclear);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);

        Assert.Empty(scene.Got(device));
    }

    [Fact]
    public async Task What_certainly_did_not_leave_gets_its_turn_again_with_an_entry_of_its_own()
    {
        var device = scene.Take();
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var asked = await scene.Asker.Client.CommandAsync(device.Id, Wish(DeviceCommand.Query), Cancel);
        var waiting = await scene.BecomesAsync(asked.Id, view => view.Brake == DeviceCommandBrake.Stop);
        Assert.Equal(1, (await scene.Picket.Client.BrakesAsync(Cancel)).Waiting.Commands);
        Assert.Contains("A look around", waiting.Reason);
        Assert.Empty(scene.Got(device));
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/commands",
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 1,
                Times = 1,
            }
        );

        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        await TagScene.UntilAsync(
            () =>
            {
                scene.Clock.Advance(TimeSpan.FromSeconds(1));
                return scene.Picket.Client.CommandAsync(asked.Id, Cancel);
            },
            view => view.State is DeviceCommandState.Sent or DeviceCommandState.Confirmed
        );

        Assert.Equal(["DeviceQuery"], scene.Got(device));
        var entries = await scene.Picket.Client.Ledger(new LedgerFilter { DeviceId = device.Id }).ToListAsync(Cancel);
        // It may have been read back meanwhile.
        Assert.True(entries is [{ State: LedgerState.Sent or LedgerState.Confirmed }, { State: LedgerState.Failed }]);
        scene.Uem.Faults = new FaultScript();
    }

    [Fact]
    public async Task What_waited_is_not_sent_for_who_may_not_want_it_any_more()
    {
        var (device, others) = (scene.Take(), scene.Take());
        var (demoted, shutOut) = (await scene.MemberAsync(Role.Analyst), await scene.MemberAsync(Role.Analyst));
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        var locking = await demoted.Client.CommandAsync(
            device.Id,
            Wish(DeviceCommand.Lock) with
            {
                Reason = "Left in a taxi",
            },
            Cancel
        );
        var sync = await shutOut.Client.CommandAsync(device.Id, Wish(DeviceCommand.Sync), Cancel);
        var ours = await new PicketClient(service).CommandAsync(others.Id, Wish(DeviceCommand.Sync), Cancel);

        await scene.Picket.Client.TakeRoleAsync(demoted.Id, null, Cancel);
        await scene.Picket.Client.DeactivatePersonAsync(shutOut.Id, Cancel);
        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);

        foreach (var wanted in new[] { locking, sync })
        {
            var refused = await scene.BecomesAsync(wanted.Id, DeviceCommandState.Refused);
            Assert.Equal(DeviceCommandBrake.RequesterMayNot, refused.Brake);
            Assert.Contains("lost the right to, or was shut out", refused.Reason, StringComparison.Ordinal);
        }

        await scene.BecomesAsync(ours.Id, DeviceCommandState.Sent); // Nobody stands behind a service's token.
        Assert.Empty(scene.Got(device));
    }

    private static CreateCommand Wish(DeviceCommand command) => new() { Command = command };
}
