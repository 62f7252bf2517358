using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>One server with a small judged fleet, and one browser.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public PicketApplication Picket { get; } = new();
    public Browser Browser { get; } = new();
    public IntegrationView Integration { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        await Browser.InitializeAsync();
        await ImportFeedsAsync();
        Integration = await Picket.Client.CreateIntegrationAsync(Picket.Draft("Northwind"));
        await JudgedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Picket.DisposeAsync();
    }

    public async Task<IPage> SignedInAsync(ColorScheme colors = ColorScheme.Light, int width = 1280, bool script = true)
    {
        var page = await Browser.OpenAsync(Picket.Http.BaseAddress!, colors, width, script: script);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name or mail address").FillAsync(PicketApplication.Owner.Name);
        await page.GetByLabel("Password").FillAsync(PicketApplication.Owner.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
    }

    /// <summary>Reads the UEM once more, until the run is over or waits for a person.</summary>
    public async Task<RunView> RunAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var run = await StartOrFindAsync(Integration.Id, limit.Token);
        while (run.State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
            run = await Picket.Client.RunAsync(run.Id, limit.Token);
        }

        return run;
    }

    private async Task ImportFeedsAsync()
    {
        foreach (var file in Directory.EnumerateFiles(SampleFeeds(AppContext.BaseDirectory)))
        {
            if (!Path.GetFileName(file).StartsWith("README", StringComparison.Ordinal))
            {
                await using var content = File.OpenRead(file);
                await Picket.Client.ImportFeedAsync(Path.GetFileName(file), content);
            }
        }
    }

    private async Task JudgedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var run = await RunAsync();
        Assert.True(run.State == RunState.Completed, $"{run.State}: {string.Join("; ", run.IncompleteReasons)}");
        while ((await Picket.Client.OverviewAsync(limit.Token)).JudgingDue > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>The schedule may have been first.</summary>
    private async Task<RunView> StartOrFindAsync(Guid integration, CancellationToken cancellation)
    {
        try
        {
            return await Picket.Client.StartRunAsync(integration, new StartRun(), cancellation);
        }
        catch (PicketApiException open) when (open.Problem.Run is { } run)
        {
            return run;
        }
    }

    private static string SampleFeeds(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx"))
            ? Path.Combine(folder, "samples", "feeds")
            : SampleFeeds(Directory.GetParent(folder)!.FullName);
}
