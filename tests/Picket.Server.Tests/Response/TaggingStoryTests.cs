using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Response;

/// <summary>From the first preview to tags that follow the verdicts. The UEM's own truth decides.</summary>
public sealed class TaggingStoryTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Writes_nothing_before_a_preview_is_accepted_and_then_what_it_showed(string kind)
    {
        await using var scene = await TagScene.StartAsync(settings: await SettingsAsync(kind));
        var foreign = ForeignTags(scene);

        var preview = await scene.PreviewAsync();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.RunAsync());
        Assert.Equal(409, (int)refused.Status);
        Assert.Equal(0, scene.TagWrites);
        var wanted = await scene.WantedAsync();
        Assert.Equal(wanted.Count, preview.Adds);
        Assert.Equal(60 - wanted.Count, preview.PerLevel.Unknown);
        Assert.NotEmpty(wanted);
        Assert.NotEqual(0, preview.PerLevel.Unknown);

        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal((wanted.Count, 0, wanted.Count, 0), (run.Adds, run.Removes, run.Confirmed, run.Failed));
        Assert.Equal(wanted, scene.Actual());
        Assert.Equal(wanted, await scene.ConfirmedAsync());
        Assert.Equal(wanted, await scene.LedgerAsync());
        Assert.Equal(foreign, ForeignTags(scene));
    }

    [Fact]
    public async Task Has_nothing_to_write_the_second_time()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        scene.Uem.RequestLog.Clear();

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal(0, scene.TagWrites);
        Assert.Equal(0, run.Adds + run.Removes);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Takes_the_old_tag_off_and_sets_the_new_one_when_a_device_gets_better(string kind)
    {
        await using var scene = await TagScene.StartAsync(settings: await SettingsAsync(kind));
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(device.Id);
        await scene.AcceptAsync();
        Assert.Contains($"{device.RemoteId} {TagScene.Prefix}Critical", scene.Actual());

        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = false });
        await scene.ReadAsync(device.Id);
        await scene.SettledAsync();

        Assert.Contains($"{device.RemoteId} {TagScene.Prefix}Secure", scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        var added = await scene
            .Client.Ledger(new LedgerFilter { DeviceId = device.Id })
            .FirstAsync(
                write => write.Kind == "AddTag" && write.Subject.EndsWith("Critical", StringComparison.Ordinal),
                Cancel
            );
        var entry = await scene.Client.LedgerEntryAsync(added.Id, Cancel);
        Assert.Equal(LedgerState.Undone, entry.Entries.Single(row => row.UemId == device.RemoteId).State);
    }

    [Fact]
    public async Task Tags_Unknown_when_asked()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagUnknown = true);

        await scene.AcceptAsync();

        var wanted = await scene.WantedAsync(unknown: true);
        Assert.Equal(60, wanted.Count);
        Assert.Equal(wanted, scene.Actual());
    }

    [Fact]
    public async Task Sends_in_batches_of_the_setting_and_in_halves_where_the_UEM_takes_fewer()
    {
        await using var scene = await TagScene.StartAsync(
            new EmulatorOptions { Devices = 120, BulkLimit = 7 },
            integration: row => row.TagBatchSize = 20
        );

        var run = await scene.AcceptAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal((run.Adds, 0), (run.Confirmed, run.Failed));
        var writes = await scene.WritesAsync("AddTag");
        Assert.Contains(writes, write => write is { State: LedgerState.Failed, Devices: > 7 });
        Assert.All(
            writes.Where(write => write.State == LedgerState.Confirmed),
            write => Assert.True(write.Devices <= 7)
        );
    }

    [Fact]
    public async Task Follows_verdicts_that_changed_while_the_integration_was_paused()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.Client.PauseIntegrationAsync(scene.Integration, Cancel);
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        await scene.JudgeAsync(RiskLevel.High, [device]);
        Assert.Contains($"{device.RemoteId} {TagScene.Prefix}Secure", scene.Actual());

        await scene.Client.ResumeIntegrationAsync(scene.Integration, Cancel);

        await scene.SettledAsync();
    }

    [Fact]
    public async Task Follows_verdicts_although_no_signal_came()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        await scene.Picket.StopServerAsync();
        await scene.Picket.RestartAsync();
        await scene.JudgeAsync(RiskLevel.High, [device]);
        await scene.Picket.RestartAsync();

        await scene.SettledAsync();

        Assert.Contains($"{device.RemoteId} {TagScene.Prefix}High", scene.Actual());
    }

    [Fact]
    public async Task Puts_a_tag_back_that_somebody_removed_in_the_UEM()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var tag = scene.Uem.Tags.All.First(tag => tag.Name == TagScene.Prefix + "Secure");
        var device = scene.Uem.Fleet.ById(scene.Carriers(tag).First())!;
        scene.Uem.Tags.Detach(tag, device);

        await scene.ReadAsync();

        await scene.SettledAsync();
        Assert.Contains(device.Id, scene.Carriers(tag));
    }

    private async Task<Dictionary<string, string?>> SettingsAsync(string kind) =>
        kind == "postgres" ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) } : [];

    private static List<string> ForeignTags(TagScene scene) =>
        [.. new[] { "Loaner", "VIP", "Kiosk" }.SelectMany(name => scene.Actual(name))];
}
