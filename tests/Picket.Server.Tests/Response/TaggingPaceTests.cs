using System.Text.RegularExpressions;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Response;

/// <summary>A verdict is a tag at once, and costs the fewest calls. The UEM's own log counts.</summary>
public sealed partial class TaggingPaceTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_changed_verdict_is_written_before_anything_is_read_and_the_console_tells_how_fast(string kind)
    {
        await using var scene = await StartAsync(await SettingsAsync(kind));
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        Assert.Null((await scene.Client.TaggingAsync(scene.Integration, Cancel)).DetectionToTag);

        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(device.Id);
        await scene.SettledAsync();

        Assert.Equal(["add", "remove", "devices", "devices"], TagCalls(scene));
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        var pace = (await scene.Client.TaggingAsync(scene.Integration, Cancel)).DetectionToTag!;
        Assert.Equal(1, pace.Devices);
        Assert.InRange(pace.P50Milliseconds, 1, 60_000);
        Assert.Equal(pace.P50Milliseconds, pace.P99Milliseconds);
    }

    [Fact]
    public async Task Many_devices_at_once_cost_as_many_calls_as_they_fill()
    {
        await using var scene = await StartAsync(integration: row =>
            (row.TagBrakePercent, row.TagBatchSize) = (100, 7)
        );
        var devices = (await scene.DevicesAsync()).FindAll(row => row.Level != RiskLevel.Unknown);

        await scene.JudgeAsync(RiskLevel.Critical, devices);
        await scene.SettledAsync();

        var adding = devices.Count(row => row.Level != RiskLevel.Critical);
        Assert.Equal((adding + 6) / 7, TagCalls(scene).Count(call => call == "add"));
        Assert.Equal(
            devices
                .Where(row => row.Level != RiskLevel.Critical)
                .CountBy(row => row.Level)
                .Sum(level => (level.Value + 6) / 7),
            TagCalls(scene).Count(call => call == "remove")
        );
    }

    [Fact]
    public async Task A_storm_of_reports_on_one_device_costs_one_call()
    {
        await using var scene = await StartAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);

        for (var report = 0; report < 20; report++)
        {
            await scene.JudgeAsync(RiskLevel.High, [device]);
        }

        await scene.SettledAsync();
        Assert.Single(TagCalls(scene), "add");
        Assert.Single(TagCalls(scene), "remove");
    }

    [Fact]
    public async Task What_a_hand_changed_in_the_UEM_meanwhile_is_found_and_mended()
    {
        await using var scene = await StartAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        var secure = scene.Uem.Tags.All.Single(tag => tag.Name == TagScene.Prefix + "Secure");
        scene.Uem.Tags.Delete(secure);

        await scene.JudgeAsync(RiskLevel.High, [device]);
        await scene.SettledAsync();

        Assert.Contains(scene.Uem.Tags.All, tag => tag.Name == TagScene.Prefix + "Secure");
        Assert.Contains("search", TagCalls(scene));
    }

    [Fact]
    public async Task A_tag_that_has_to_be_made_is_looked_for_first()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        Assert.DoesNotContain(scene.Uem.Tags.All, tag => tag.Name == $"{TagScene.Prefix}Critical");
        scene.Uem.RequestLog.Clear();

        await scene.JudgeAsync(RiskLevel.Critical, [device]);
        await scene.SettledAsync();

        Assert.Equal("search", TagCalls(scene)[0]);
    }

    /// <summary>A fleet whose tags are as they should be, by a run that read all of them.</summary>
    private static async Task<TagScene> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<IntegrationRow>? integration = null
    )
    {
        var scene = await TagScene.StartAsync(settings: settings, integration: integration);
        var compromised = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        scene.Uem.Fleet.Change(compromised.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(compromised.Id);
        Assert.Equal(RunState.Completed, (await scene.AcceptAsync()).State);
        scene.Uem.RequestLog.Clear();
        return scene;
    }

    /// <summary>Calls about tags: listing them, adding, removing, reading who carries one.</summary>
    private static List<string> TagCalls(TagScene scene) =>
        [
            .. scene
                .Uem.RequestLog.Entries.Select(call => TagRoute().Match(call.Path))
                .Where(match => match.Success)
                .Select(match =>
                    match.Groups[1].Value.ToLowerInvariant().Replace("devices", "", StringComparison.Ordinal)
                )
                .Select(call => call.Length == 0 ? "devices" : call),
        ];

    private async Task<Dictionary<string, string?>> SettingsAsync(string kind) =>
        kind == "postgres" ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) } : [];

    [GeneratedRegex("/mdm/tags/(?:[0-9]+/)?(search|adddevices|removedevices|devices)", RegexOptions.IgnoreCase)]
    private static partial Regex TagRoute();
}
