using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>Each bad day hits the listing of devices, of three pages, after a good run.</summary>
public sealed class BadDayTests
{
    private const string Devices = "mdm/devices/search";

    private static readonly EmulatorOptions Fleet = new() { Devices = 50 };

    /// <summary>Of 20, 20 and 10 rows.</summary>
    private static readonly Dictionary<string, string?> ThreePages = new() { ["Uem:PageSize"] = "20" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultAction.Status, 429)]
    [InlineData(FaultAction.Status, 503)]
    [InlineData(FaultAction.Timeout, 0)]
    [InlineData(FaultAction.Reset, 0)]
    [InlineData(FaultAction.Truncate, 0)]
    [InlineData(FaultAction.Html, 0)]
    [InlineData(FaultAction.LoseAnswer, 0)]
    public async Task Finishes_although_some_calls_fail(FaultAction action, int status)
    {
        await using var scene = await SyncScene.StartAsync(
            Fleet,
            new Dictionary<string, string?>(ThreePages)
            {
                ["Uem:AttemptTimeoutSeconds"] = action == FaultAction.Timeout ? "4" : "60",
            }
        );
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = Devices,
                Action = action,
                Status = status,
                RetryAfter = status == 429 ? 1 : null,
                Every = 2,
                Times = 2,
            }
        );

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(2, scene.Uem.FaultHits[0]);
        Assert.Equal((50, 50), (run.Counts["devices"].Read, run.Counts["devices"].Added));
        Assert.Equal(scene.Truth(), await scene.PresentAsync());
    }

    [Theory]
    [InlineData(FaultAction.MoveRows, 1, "announced 50 rows and listed 49")]
    [InlineData(FaultAction.MoveRows, -1, "Rows moved")]
    [InlineData(FaultAction.LyingTotal, 9, "announced 59 rows and listed 50")]
    [InlineData(FaultAction.LyingTotal, -9, "announced 41 rows and listed 50")]
    [InlineData(FaultAction.Duplicate, 1, "Rows moved")]
    public async Task Removes_nothing_and_says_why_when_the_listing_does_not_add_up(
        FaultAction action,
        int rows,
        string why
    )
    {
        await using var scene = await SyncScene.StartAsync(Fleet, ThreePages);
        var truth = scene.Truth();
        await scene.RunAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = Devices,
                Action = action,
                Rows = rows,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        var reason = Assert.Single(run.IncompleteReasons);
        Assert.StartsWith("Devices:", reason, StringComparison.Ordinal);
        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.Equal(truth, await scene.PresentAsync());
    }

    [Theory]
    [InlineData(FaultAction.Status, "failed at Status with 503")]
    [InlineData(FaultAction.Truncate, "failed at ConnectionLost")]
    [InlineData(FaultAction.Html, "failed at Parse")]
    public async Task Ends_incomplete_with_the_cause_in_a_storm_and_is_well_again_after_it(
        FaultAction action,
        string cause
    )
    {
        await using var scene = await SyncScene.StartAsync(Fleet, ThreePages);
        var truth = scene.Truth();
        await scene.RunAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = Devices,
                Action = action,
                From = 2,
            }
        );

        var storm = await scene.RunAsync();
        var during = await scene.PresentAsync();
        scene.Uem.Faults = new FaultScript();
        var after = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, storm.State);
        var reason = Assert.Single(storm.IncompleteReasons);
        Assert.StartsWith("Devices: GET mdm/devices/search", reason, StringComparison.Ordinal);
        Assert.Contains(cause, reason, StringComparison.Ordinal);
        Assert.Equal(truth, during);
        Assert.True(after.State == RunState.Completed, string.Join("\n", after.IncompleteReasons));
        Assert.Equal(IntegrationState.Active, (await scene.IntegrationAsync()).State);
    }

    [Fact]
    public async Task Ends_and_marks_the_integration_when_the_key_is_revoked_in_mid_run()
    {
        await using var scene = await SyncScene.StartAsync(Fleet, ThreePages);
        var truth = scene.Truth();
        await scene.RunAsync();

        var run = await InterruptAsync(scene, () => scene.Uem.Access.RevokeKey(scene.Uem.Credentials.ApiKey));

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains("with 403/", Assert.Single(run.IncompleteReasons), StringComparison.Ordinal);
        Assert.Equal(IntegrationState.CredentialRefused, (await scene.IntegrationAsync()).State);
        Assert.Equal(truth, await scene.PresentAsync());
        // Law 10: after the refusal nobody comes again, in this run or in another.
        var refusals = scene.Uem.RequestLog.Entries.SkipWhile(call => call.Status != 403).ToList();
        Assert.Single(refusals);
        await Assert.ThrowsAsync<PicketApiException>(() => scene.RunAsync());
        Assert.Equal(refusals[^1].Number, scene.Uem.RequestLog.Total);
    }

    [Fact]
    public async Task Goes_on_with_the_other_stages_when_the_role_is_reduced_in_mid_run()
    {
        await using var scene = await SyncScene.StartAsync(Fleet, ThreePages);
        var truth = scene.Truth();
        await scene.RunAsync();

        var run = await InterruptAsync(scene, () => RoleOf(scene).Revoke(scene.DeviceRight));

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(
            run.IncompleteReasons,
            reason =>
                reason.StartsWith("Devices:", StringComparison.Ordinal)
                && reason.Contains("\"API > REST > Devices\" (Read)", StringComparison.Ordinal)
        );
        Assert.Equal(2, scene.Uem.RequestLog.Count("GET mdm/tags/search"));
        Assert.Contains("tags", run.StageSeconds.Keys);
        Assert.Equal(IntegrationState.PermissionMissing, (await scene.IntegrationAsync()).State);
        Assert.Equal(truth, await scene.PresentAsync());
    }

    [Fact]
    public async Task Removes_nothing_when_the_organization_group_is_gone()
    {
        await using var scene = await SyncScene.StartAsync(Fleet, ThreePages);
        var europe = scene.Uem.Groups.Find("Europe")!;
        await scene.NarrowAsync(europe);
        await scene.RunAsync();
        var before = await scene.PresentAsync();

        var run = await InterruptAsync(scene, () => scene.Uem.Fleet.RemoveGroup(europe));

        Assert.NotEmpty(before);
        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Equal(before, await scene.PresentAsync());
        Assert.Contains(
            run.IncompleteReasons,
            reason => reason.Contains("organization group", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(IntegrationState.OrganizationGroupGone, (await scene.IntegrationAsync()).State);
    }

    [Fact]
    public async Task Says_that_the_disk_is_full_and_keeps_the_database_whole()
    {
        await using var scene = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 1010 },
            new Dictionary<string, string?> { ["Storage:MaxMegabytes"] = "1" }
        );

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.Contains("full", StringComparison.Ordinal));
        await using var db = scene.Picket.OpenDatabase();
        var health = await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync(Cancel);
        Assert.Equal(["ok"], health);
    }

    private static WorkspaceOne.Emulator.Access.Role RoleOf(SyncScene scene) =>
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role;

    /// <summary>Something happens in the UEM just before the devices are read.</summary>
    private static async Task<RunView> InterruptAsync(SyncScene scene, Action happening)
    {
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "smartgroups/search",
                Action = FaultAction.Slow,
                Milliseconds = 2500,
                Times = 1,
            }
        );
        var run = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await scene.AtStageAsync(run.Id, "smartGroups");
        happening();
        return await scene.EndAsync(run.Id);
    }
}
