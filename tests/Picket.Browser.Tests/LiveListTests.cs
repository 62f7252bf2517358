using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Sync;

namespace Picket.Browser.Tests;

[Collection(QuietSite.Name)]
public sealed class LiveListTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_stay_where_they_are_until_the_reader_asks_for_the_new_ones()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/sync");
        var rows = page.Locator("tbody tr");
        var (before, place) = (await LinkAsync(rows.First), await rows.First.BoundingBoxAsync());
        var run = new SyncRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = site.Integration.Id,
            Kind = RunKind.Device,
            State = RunState.Failed,
            StartedAt = TimeProvider.System.GetUtcNow().AddHours(-1),
            EndedAt = TimeProvider.System.GetUtcNow(),
        };
        await using var db = site.Picket.OpenDatabase();
        db.SyncRuns.Add(run);
        await db.SaveChangesAsync(Cancellation);
        try
        {
            var show = page.GetByRole(AriaRole.Button, new() { Name = "show it as it is now" });
            await Assertions.Expect(show).ToBeVisibleAsync(new() { Timeout = 20_000 });
            Assert.Equal(before, await LinkAsync(rows.First));
            Assert.Equal(place!.Y, (await rows.First.BoundingBoxAsync())!.Y);

            await show.ClickAsync();

            await Assertions.Expect(rows.First).ToContainTextAsync("Failed");
            await Assertions.Expect(show).ToHaveCountAsync(0);
        }
        finally
        {
            db.SyncRuns.Remove(run);
            await db.SaveChangesAsync(Cancellation);
        }
    }

    /// <summary>What a row is of; its text grows older.</summary>
    private static Task<string?> LinkAsync(ILocator row) => row.Locator("a").First.GetAttributeAsync("href");
}
