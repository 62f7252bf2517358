using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Response;

public sealed class TaggingSettingsTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_what_was_asked_and_changes_it_with_an_audit_entry()
    {
        var draft = picket.Draft("Settings") with { TagUnknown = true };
        draft.TagBatchSize = 20;

        var made = await picket.CreateIntegrationAsync(draft);
        var changed = await picket.Client.ChangeIntegrationAsync(
            made.Id,
            made.Version,
            new ChangeIntegration
            {
                TagUnknown = false,
                TagBatchSize = 50,
                TagBrake = new TagBrakeSettings { Percent = 2.5, GroupPercent = 20 },
            },
            Cancel
        );

        Assert.Equal((true, 20), (made.TagUnknown, made.TagBatchSize));
        Assert.Equal((false, 50), (changed.TagUnknown, changed.TagBatchSize));
        Assert.Equal(new TagBrakeSettings(), made.TagBrake);
        Assert.Equal(new TagBrakeSettings { Percent = 2.5, GroupPercent = 20 }, changed.TagBrake);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            picket.Client.ChangeIntegrationAsync(
                made.Id,
                changed.Version,
                new ChangeIntegration
                {
                    TagBrake = new TagBrakeSettings
                    {
                        Percent = 101,
                        Least = -1,
                        PerRun = 0,
                        PerHour = 0,
                        GroupPercent = 0,
                    },
                },
                Cancel
            )
        );
        Assert.Equal(
            ["tagBrake.groupPercent", "tagBrake.least", "tagBrake.perHour", "tagBrake.perRun", "tagBrake.percent"],
            refused.Problem.Errors!.Keys.Order()
        );
        await using var db = picket.OpenDatabase();
        var entry = await db.Audit.SingleAsync(
            row => row.Action == "integration.changed" && row.Subject == made.Id.ToString(),
            Cancel
        );
        Assert.Contains("\"TagBatchSize\":20", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"TagBatchSize\":50", entry.After, StringComparison.Ordinal);
        Assert.Contains("\"TagBrakePercent\":2.5", entry.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task Refuses_a_batch_that_no_call_takes(int size)
    {
        var draft = picket.Draft($"Too many {size}");
        draft.TagBatchSize = size;

        using var answer = await picket.Http.PostAsJsonAsync(
            Routes.Integrations,
            draft,
            PicketApiJson.Default.CreateIntegration,
            Cancel
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync(PicketApiJson.Default.Problem, Cancel);
        Assert.Contains("tagBatchSize", problem!.Errors!.Keys);
    }
}
