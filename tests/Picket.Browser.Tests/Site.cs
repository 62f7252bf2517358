using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>One server with a small judged fleet, and one browser, for all tests of this project.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public PicketApplication Picket { get; } = new();
    public Browser Browser { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        await Browser.InitializeAsync();
        await ImportFeedsAsync();
        var integration = await Picket.Client.CreateIntegrationAsync(Picket.Draft("Northwind"));
        await JudgedAsync(integration.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Picket.DisposeAsync();
    }

    public async Task<IPage> SignedInAsync(ColorScheme colors = ColorScheme.Light, int width = 1280)
    {
        var page = await Browser.OpenAsync(Picket.Http.BaseAddress!, colors, width);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Token").FillAsync(Picket.OwnerToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
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

    private async Task JudgedAsync(Guid integration)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await Picket.Client.StartRunAsync(integration, new StartRun(), limit.Token);
        }
        catch (PicketApiException running) when (running.Problem.Run is not null)
        {
            // The schedule was first.
        }

        while (
            (await Picket.Client.IntegrationAsync(integration, limit.Token)).LastRun?.State is not RunState.Completed
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }

        while ((await Picket.Client.OverviewAsync(limit.Token)).JudgingDue > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    private static string SampleFeeds(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx"))
            ? Path.Combine(folder, "samples", "feeds")
            : SampleFeeds(Directory.GetParent(folder)!.FullName);
}
