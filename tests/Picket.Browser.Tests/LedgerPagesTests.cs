using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Browser.Tests;

/// <summary>What was written to the UEM, as pages: a ledger with good and refused writes, and one entry of each.</summary>
public sealed class LedgerPagesTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filled_ledger_and_its_entries_fit_and_are_accessible()
    {
        await using var picket = await PicketApplication.StartAsync(
            new()
            {
                Emulator = new() { Http = true, Devices = 60 },
            }
        );
        await WrittenAsync(picket);
        var page = await browser.OpenAsync(picket.Http.BaseAddress!);
        await page.SignedInAsync(PicketApplication.Owner.Name, PicketApplication.Owner.Password);
        var walk = await PageWalk.OfAsync(page, picket.Http.BaseAddress!);

        await page.OpenAsync("/responses");
        await Assertions.Expect(page.Locator(".list tbody tr").First).ToBeVisibleAsync();
        await walk.LookAsync("responses-written");
        await OpenWriteAsync(page, "Failed");
        await Assertions.Expect(page.Locator("main .notice")).ToContainTextAsync("adddevices failed");
        await walk.LookAsync("ledger-entry-refused");
        await page.OpenAsync("/responses");
        await OpenWriteAsync(page, "Confirmed");
        await Assertions.Expect(page.Locator("main tbody tr").First).ToContainTextAsync("Confirmed");
        await walk.LookAsync("ledger-entry");

        walk.FoundNothing();
    }

    private static async Task OpenWriteAsync(IPage page, string state)
    {
        var row = page.Locator(".list tbody tr", new() { HasText = state }).Filter(new() { HasText = "on devices" });
        await row.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.Locator(".steps-line").WaitForAsync();
    }

    /// <summary>Reads the fleet and tags it; one of the bulk writes is refused.</summary>
    private static async Task WrittenAsync(PicketApplication picket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        var client = picket.Client;
        var integration = await picket.CreateIntegrationAsync(picket.Draft("Northwind"));
        var run = await client.Runs().FirstOrDefaultAsync(limit.Token);
        run ??= await client.StartRunAsync(integration.Id, new StartRun(), limit.Token);
        await UntilAsync(
            async () => (await client.RunAsync(run.Id, limit.Token)).State == RunState.Completed,
            limit.Token
        );
        await UntilAsync(async () => (await client.OverviewAsync(limit.Token)).JudgingDue == 0, limit.Token);

        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Status,
                Status = 400,
                ErrorCode = 1000,
                Times = 1,
            }
        );
        var preview = await client.PreviewTagsAsync(integration.Id, limit.Token);
        var tagging = await client.AcceptTagsAsync(integration.Id, preview.Id, limit.Token);
        await UntilAsync(
            async () =>
                (await client.TagRunAsync(tagging.Id, limit.Token)).State is not (RunState.Queued or RunState.Running),
            limit.Token
        );
    }

    private static async Task UntilAsync(Func<Task<bool>> reached, CancellationToken limit)
    {
        while (!await reached())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit);
        }
    }
}
