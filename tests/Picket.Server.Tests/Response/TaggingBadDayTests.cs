using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

public sealed class TaggingBadDayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_incomplete_when_the_UEM_does_not_take_single_devices_and_tries_them_again()
    {
        await using var scene = await TagScene.StartAsync();
        var lost = (await scene.DevicesAsync())
            .Where(Better)
            .Take(2)
            .Select(row => scene.Uem.Fleet.ById(row.RemoteId)!)
            .ToList();
        lost.ForEach(scene.Uem.Fleet.Remove);

        var run = await scene.AcceptAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Equal((2, run.Adds - 2), (run.Failed, run.Confirmed));
        Assert.Contains(run.IncompleteReasons, line => line.Contains("Device Not Found", StringComparison.Ordinal));
        var partly = Assert.Single(await scene.WritesAsync(), write => write.State == LedgerState.PartlyFailed);
        var entry = await scene.Client.LedgerEntryAsync(partly.Id, Cancel);
        Assert.Equal(
            lost.Select(device => device.Id).Order(),
            entry
                .Entries.Where(device => device is { State: LedgerState.Failed, ErrorCode: 404 })
                .Select(row => row.UemId)
        );

        lost.ForEach(device => scene.Uem.Fleet.Restore(device.Index));

        await scene.SettledAsync();
        await scene.NewestAsync(last => last.State == RunState.Completed);
    }

    [Theory]
    [InlineData(
        Rows.Bulk,
        "AddTag",
        "lacks Device Management > Bulk Management (Edit) or Settings > Tags (Edit): the UEM"
    )]
    [InlineData(Rows.Tags, "CreateTag", "lacks Settings > Tags (Edit): the UEM")]
    public async Task Stops_at_once_where_a_right_is_missing_and_names_it(string row, string kind, string named)
    {
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();
        scene.Uem.Access.Role(SeededRoles.WithTags).Revoke(new Right(row, RightMode.Edit));

        var run = await scene.EndAsync(await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, line => line.Contains(named, StringComparison.Ordinal));
        Assert.Empty(scene.Actual());
        var refused = (await scene.WritesAsync(kind)).Where(write => write.TagRunId == run.Id);
        var write = Assert.Single(refused);
        Assert.Equal((LedgerState.Failed, 403, 1011), (write.State, write.HttpStatus, write.ErrorCode));

        scene.Uem.Access.Role(SeededRoles.WithTags).Grant(new Right(row, RightMode.Edit));

        await scene.SettledAsync();
    }

    [Fact]
    public async Task Sends_nothing_more_once_the_credential_is_refused()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 5);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 1000,
                Times = 1,
            }
        );
        var preview = await scene.PreviewAsync();
        var run = await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Password = "changed";

        var ended = await scene.EndAsync(run);

        Assert.Equal(RunState.Incomplete, ended.State);
        var write = Assert.Single(await scene.WritesAsync("AddTag"));
        Assert.Equal((LedgerState.Failed, 401), (write.State, write.HttpStatus));
        Assert.Equal(
            IntegrationState.CredentialRefused,
            (await scene.Client.IntegrationAsync(scene.Integration, Cancel)).State
        );
    }

    [Fact]
    public async Task Makes_no_tag_twice_when_the_answer_is_lost()
    {
        await using var scene = await TagScene.StartAsync();
        scene.Uem.Faults = FaultScript.Of(new FaultRule { Path = "/addtag", Action = FaultAction.LoseAnswer });

        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        var made = scene.Uem.Tags.All.Count(tag => tag.Name.StartsWith(TagScene.Prefix, StringComparison.Ordinal));
        Assert.Equal(made, scene.Uem.FaultHits[0]);
        Assert.All(await scene.WritesAsync("CreateTag"), write => Assert.Equal(LedgerState.Confirmed, write.State));
    }

    [Fact]
    public async Task A_tag_that_somebody_made_while_our_making_had_no_answer_is_not_taken_for_ours()
    {
        await using var scene = await TagScene.StartAsync(settings: new() { ["Uem:AttemptTimeoutSeconds"] = "4" });
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/addtag",
                Action = FaultAction.Timeout,
                Times = 1,
            }
        );
        var preview = await scene.PreviewAsync();
        var run = await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        var name = Assert.Single(await scene.WritesAsync("CreateTag")).Subject;
        var theirs = scene.Uem.Tags.Create(name, scene.Uem.OrganizationGroup.Index);
        var carrier = scene.Uem.Fleet.All.First();
        scene.Uem.Tags.Attach(theirs, carrier);

        var ended = await scene.EndAsync(run);

        Assert.Equal(RunState.Incomplete, ended.State);
        var refused = await scene.NewestAsync(last =>
            last.IncompleteReasons.Any(line => line.Contains($"\"{name}\" before Picket", StringComparison.Ordinal))
        );
        Assert.Equal(RunState.Incomplete, refused.State);
        Assert.Equal([carrier.Id], scene.Carriers(theirs));
        var making = (await scene.WritesAsync("CreateTag")).First(write => write.Subject == name);
        Assert.Equal(LedgerState.Failed, making.State);
        Assert.Contains("somebody else's", making.Message);
    }

    [Fact]
    public async Task Asks_once_more_where_nobody_carries_a_tag_that_was_put_on_somebody()
    {
        await using var scene = await TagScene.StartAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/devices",
                Method = "GET",
                Action = FaultAction.Nothing,
                Times = 1,
            }
        );

        var run = await scene.AcceptAsync();

        Assert.Equal(1, scene.Uem.FaultHits[0]);
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public async Task Settles_a_bulk_call_whose_answer_is_lost_by_reading_back(string retries)
    {
        await using var scene = await TagScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = retries });
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.LoseAnswer,
                Times = 1,
            }
        );

        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        await using var db = scene.Picket.OpenDatabase();
        Assert.All(await db.Ledger.ToListAsync(Cancel), entry => Assert.Equal(1, entry.Sends));
    }

    [Fact]
    public async Task Goes_on_after_a_storm()
    {
        await using var scene = await TagScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Status,
                Times = 3,
            }
        );

        var run = await scene.AcceptAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Equal(2, (await scene.WritesAsync("AddTag")).Count(write => write.TagRunId == run.Id));
        await scene.SettledAsync();
        await scene.NewestAsync(last => last.State == RunState.Completed);
    }

    [Fact]
    public async Task Survives_a_database_that_fails_and_closes_the_run_with_its_cause()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await SqlAsync(scene, "ALTER TABLE ledger_devices RENAME TO elsewhere");
        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(1));
        await TagScene.UntilAsync(() => Task.FromResult(scene.Picket.Logs.All), logs => logs.Contains("no such table"));
        await SqlAsync(scene, "ALTER TABLE elsewhere RENAME TO ledger_devices");

        await scene.SettledAsync();

        Assert.True((await scene.Picket.Http.GetAsync(Routes.Live, Cancel)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Looks_again_after_a_look_that_failed()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await SqlAsync(scene, "ALTER TABLE tag_runs RENAME TO elsewhere");
        await TagScene.UntilAsync(
            () => Task.FromResult(scene.Picket.Logs.All),
            logs => logs.Contains("Looking for what to tag failed", StringComparison.Ordinal)
        );
        await SqlAsync(scene, "ALTER TABLE elsewhere RENAME TO tag_runs");

        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(1));

        await scene.SettledAsync();
    }

    [Fact]
    public async Task Closes_a_run_that_meets_the_unexpected_as_failed_and_follows_it_by_another()
    {
        await using var scene = await TagScene.StartAsync();
        await SqlAsync(scene, "ALTER TABLE owned_tags RENAME TO elsewhere");
        await SqlAsync(scene, "UPDATE integrations SET \"WritingEnabled\" = 1");
        var broken = await scene.EndAsync(await scene.Client.RunTagsAsync(scene.Integration, Cancel));
        await SqlAsync(scene, "ALTER TABLE elsewhere RENAME TO owned_tags");

        Assert.Equal(RunState.Failed, broken.State);
        Assert.Contains("no such table", Assert.Single(broken.IncompleteReasons), StringComparison.Ordinal);
        // The brake holds this one: nobody has seen a preview.
        await scene.NewestAsync(run => run.Id != broken.Id && run.State == RunState.Held);
    }

    private static bool Better(DeviceRow row) => row.Level is RiskLevel.Secure or RiskLevel.Low or RiskLevel.Medium;

    private static async Task SqlAsync(TagScene scene, string sql)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}
