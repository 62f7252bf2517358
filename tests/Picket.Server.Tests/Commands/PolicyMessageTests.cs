using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Tests.Response;

namespace Picket.Server.Tests.Commands;

/// <summary>Messages that the policy wants. What the emulated UEM was given to send decides.</summary>
public sealed class PolicyMessageTests(CommandScene scene) : IClassFixture<CommandScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_policy_would_send_first_waits_and_then_each_finding_is_told_once()
    {
        await scene.SetAsync(row => (row.MessagesEnabled, row.MessagesPerHour) = (false, 500));
        var kinds = await KindsAsync();
        var (told, declined) = (kinds[0], kinds[1]);
        var version = await ApplyAsync(told);
        var devices = await WithAsync(told);
        await AddAsync(devices[0], FindingKinds.Stalkerware.Id);
        await scene.Picket.Client.AddNeverTouchAsync(
            new NeverTouchDraft
            {
                Kind = NeverTouchKind.Device,
                Value = $"{devices[1]}",
                Reason = "Board",
                IntegrationId = scene.Integration,
            },
            Cancel
        );
        await scene.SetAsync(row => row.MessagesEnabled = true);

        var waits = await WaitingAsync();
        Assert.Equal((devices.Count - 2, (int?)version), (waits.Devices, waits.PolicyVersion));
        Assert.Empty(scene.Uem.Commands.All);
        var approval = new DecideMessages(version, waits.Devices, Approve: true);
        await CommandScene.RefusedAsync(403, () => DecideAsync(scene.Asker.Client, approval));
        await CommandScene.RefusedAsync(409, () => DecideAsync(scene.Approver.Client, approval with { Messages = 1 }));
        await CommandScene.RefusedAsync(
            409,
            () => DecideAsync(scene.Approver.Client, approval with { PolicyVersion = version + 1 })
        );
        Assert.Empty(scene.Uem.Commands.All);

        await DecideAsync(scene.Approver.Client, approval);
        await TakenAsync(waits.Devices);
        // What is found under a version that somebody agreed to is told by itself.
        var other = await WithoutAsync(told);
        await AddAsync(other, told);
        await TakenAsync(waits.Devices + 1);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancel);

        await using var db = scene.Picket.OpenDatabase();
        var numbers = await db.Devices.ToDictionaryAsync(row => row.Id, row => row.RemoteId, Cancel);
        Assert.Equal(
            devices.Skip(2).Append(other).Select(device => numbers[device]).Order(),
            scene
                .Uem.Commands.All.Select(command => scene.Uem.Fleet.All.Single(one => one.Index == command.Device).Id)
                .Order()
        );
        Assert.All(scene.Uem.Commands.All, command => Assert.StartsWith(ForUser(told), command.Text));

        // Under the next version nobody is told of the same again, and what is declined is not sent.
        var sent = scene.Uem.Commands.All.Count;
        await ApplyAsync(told, declined);
        var next = await WaitingAsync();
        await DecideAsync(scene.Approver.Client, new DecideMessages(next.PolicyVersion!.Value, next.Devices, false));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancel);
        var dropped = await scene
            .Picket.Client.Commands(new CommandFilter { State = DeviceCommandState.Declined })
            .ToListAsync(Cancel);

        Assert.Equal(next.Devices, dropped.Count);
        Assert.Equal(sent, scene.Uem.Commands.All.Count);
        Assert.DoesNotContain((await scene.Picket.Client.ApprovalsAsync(Cancel)).Items, IsMessages);
    }

    /// <summary>In a scene of its own: the other story counts all that was ever sent.</summary>
    [Fact]
    public async Task A_stop_takes_back_what_was_agreed_to_for_findings_to_come()
    {
        await using var own = new CommandScene();
        await own.InitializeAsync();
        await new PolicyMessageTests(own).IsTakenBackAsync();
    }

    private async Task IsTakenBackAsync()
    {
        await scene.SetAsync(row => (row.MessagesEnabled, row.MessagesPerHour) = (true, 500));
        var kind = (await KindsAsync())[^1];
        var version = await ApplyAsync(kind);
        var waits = await WaitingAsync();
        await DecideAsync(scene.Approver.Client, new DecideMessages(version, waits.Devices, Approve: true));
        await TagScene.UntilAsync(() => scene.Picket.Client.ApprovalsAsync(Cancel), now => !now.Items.Any(IsMessages));

        // Found under the version that was agreed to, and not sent yet: the stop finds it.
        await TakenAsync(waits.Devices);
        await scene.SetAsync(row => row.MessagesPerHour = waits.Devices);
        await AddAsync(await WithoutAsync(kind), kind);
        await TagScene.UntilAsync(
            async () =>
                await scene
                    .Picket.Client.Commands(new CommandFilter { State = DeviceCommandState.Due })
                    .CountAsync(Cancel),
            due => due == 1
        );
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Picket.Client.StopWritesAsync("A look around", Cancel);
        await scene.SetAsync(row => row.MessagesPerHour = 500);
        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        var before = scene.Uem.Commands.All.Count;
        await AddAsync(await WithoutAsync(kind), kind);

        var first = await TagScene.UntilAsync(() => WaitingAsync(), now => now.Devices == 2);
        Assert.Equal(version, first.PolicyVersion);

        // Nobody decides within a week: it is over, and what is still true is shown anew.
        scene.Clock.Advance(TimeSpan.FromDays(8));
        var shown = await TagScene.UntilAsync(
            () => scene.Picket.Client.ApprovalsAsync(Cancel),
            now => now.Items.Any(item => IsMessages(item) && item.Since > first.Since)
        );
        Assert.Contains(shown.Items, item => IsMessages(item) && item.ExpiresAt > first.ExpiresAt);
        Assert.Equal(before, scene.Uem.Commands.All.Count);
    }

    [Fact]
    public async Task What_waits_while_messages_are_switched_off_is_told_when_they_are_on_again()
    {
        await using var own = new CommandScene();
        await own.InitializeAsync();
        await new PolicyMessageTests(own).IsToldLaterAsync();
    }

    private async Task IsToldLaterAsync()
    {
        await scene.SetAsync(row => (row.MessagesEnabled, row.MessagesPerHour) = (true, 1));
        var kind = (await KindsAsync())[^1];
        var version = await ApplyAsync(kind);
        await AddAsync(await WithoutAsync(kind), kind);
        await AddAsync(await WithoutAsync(kind), kind);
        var waits = await TagScene.UntilAsync(() => WaitingAsync(), now => now.Devices >= 2);
        await DecideAsync(scene.Approver.Client, new DecideMessages(version, waits.Devices, Approve: true));
        await TakenAsync(1);

        await scene.SetAsync(row => row.MessagesEnabled = false);
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        await TagScene.UntilAsync(
            async () =>
                await scene
                    .Picket.Client.Commands(new CommandFilter { State = DeviceCommandState.Expired, Limit = 500 })
                    .CountAsync(Cancel),
            over => over == waits.Devices - 1
        );
        await scene.SetAsync(row => (row.MessagesEnabled, row.MessagesPerHour) = (true, 500));

        await TakenAsync(waits.Devices);
        Assert.Equal(waits.Devices, scene.Uem.Commands.All.Count);
    }

    private static string ForUser(string kind) => FindingKinds.All.Single(each => each.Id == kind).Description.ForUser;

    private static bool IsMessages(ApprovalView item) => item.Kind == ApprovalKind.Messages;

    private Task DecideAsync(PicketClient client, DecideMessages decision) =>
        client.DecideMessagesAsync(scene.Integration, decision, Cancel);

    private async Task<ApprovalView> WaitingAsync() =>
        (
            await TagScene.UntilAsync(
                () => scene.Picket.Client.ApprovalsAsync(Cancel),
                now => now.Items.Any(IsMessages)
            )
        ).Items.Single(IsMessages);

    private async Task TakenAsync(int messages) =>
        await TagScene.UntilAsync(
            async () =>
                await scene
                    .Picket.Client.Commands(new CommandFilter { State = DeviceCommandState.Taken, Limit = 500 })
                    .CountAsync(Cancel),
            taken => taken == messages
        );

    /// <returns>The version that is in force then, once all devices are judged by it.</returns>
    private async Task<int> ApplyAsync(params string[] kinds)
    {
        var text = $$"""
            version: 1
            policies: []
            messages:
              - {finding: [{{string.Join(", ", kinds)}}], by: push, after: 0h}
            """;
        var plan = await scene.Picket.Client.PlanPolicyAsync(text, false, Cancel);
        Assert.Empty(plan.Mistakes);
        var applied = await scene.Picket.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn), Cancel);
        await JudgedAsync();
        return applied.Number;
    }

    private async Task JudgedAsync()
    {
        await using var db = scene.Picket.OpenDatabase();
        await TagScene.UntilAsync(() => db.Devices.AnyAsync(row => row.JudgingDue, Cancel), due => !due);
    }

    /// <summary>Of which users can be told here, the most frequent first.</summary>
    private async Task<List<string>> KindsAsync()
    {
        await JudgedAsync();
        await using var db = scene.Picket.OpenDatabase();
        var found = await Open(db).Select(row => row.Kind).ToListAsync(Cancel);
        return
        [
            .. found
                .CountBy(kind => kind)
                .Where(kind => ForUser(kind.Key).Length > 0)
                .OrderByDescending(kind => kind.Value)
                .Select(kind => kind.Key),
        ];
    }

    private async Task<List<Guid>> WithAsync(string kind)
    {
        await using var db = scene.Picket.OpenDatabase();
        return await Open(db)
            .Where(row => row.Kind == kind)
            .OrderBy(row => row.Id)
            .Select(row => row.DeviceId)
            .ToListAsync(Cancel);
    }

    private async Task<Guid> WithoutAsync(string kind)
    {
        await using var db = scene.Picket.OpenDatabase();
        return await db
            .Devices.Where(row =>
                row.EnrollmentStatus == "Enrolled"
                && !db.Findings.Any(found => found.DeviceId == row.Id && found.Kind == kind && found.ClearedAt == null)
            )
            .Select(row => row.Id)
            .FirstAsync(Cancel);
    }

    private static IQueryable<FindingRow> Open(PicketDbContext db) =>
        db.Findings.Where(row =>
            row.ClearedAt == null
            && db.Devices.Any(device => device.Id == row.DeviceId && device.EnrollmentStatus == "Enrolled")
        );

    private async Task AddAsync(Guid device, string kind)
    {
        var known = FindingKinds.All.Single(each => each.Id == kind);
        var found = new Finding(
            kind,
            known.RuleVersion,
            $"{kind}|test",
            RiskLevel.High,
            known.Title,
            "Look at it.",
            [],
            FindingProof.Reported,
            new FindingEvidence([])
        );
        await using var db = scene.Picket.OpenDatabase();
        db.Findings.Add(
            new FindingRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = scene.Integration,
                DeviceId = device,
                Kind = kind,
                Key = found.Key,
                Level = found.Level,
                Title = found.Title,
                Detail = FindingJson.Write(found),
                FirstTrueAt = scene.Clock.GetUtcNow(),
                LastTrueAt = scene.Clock.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(Cancel);
    }
}
