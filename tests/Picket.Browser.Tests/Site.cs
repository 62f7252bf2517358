using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Risk;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>One server with a small judged fleet, and one browser.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("picket-site-");

    public Site() =>
        Picket = new(
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Secrets:CertificateFile"] = Certificate(),
                    ["Feeds:Folder"] = FeedFolder,
                    ["Deployment:ReadEveryMilliseconds"] = "500",
                    ["Deployment:LookEveryMilliseconds"] = "500",
                },
            }
        );

    public PicketApplication Picket { get; }

    /// <summary>Below which the server may read feeds.</summary>
    public string FeedFolder => keys.CreateSubdirectory("feeds").FullName;
    public Browser Browser { get; } = new();
    public IntegrationView Integration { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        await Browser.InitializeAsync();
        await ImportFeedsAsync();
        Integration = await Picket.Client.CreateIntegrationAsync(Picket.Draft("Northwind"));
        await JudgedAsync();
        await RememberAsync(days: 60);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Picket.DisposeAsync();
        keys.Delete(recursive: true);
    }

    public async Task<IPage> SignedInAsync(
        ColorScheme colors = ColorScheme.Light,
        int width = 1280,
        bool script = true,
        string? zone = null
    )
    {
        var page = await Browser.OpenAsync(Picket.Http.BaseAddress!, colors, width, script: script, zone: zone);
        return await page.SignedInAsync(PicketApplication.Owner.Name, PicketApplication.Owner.Password);
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

    /// <summary>As on a server that was set up well: pictures of this one stand in the documentation.</summary>
    private string Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.Combine(keys.FullName, "key-ring.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
        return file;
    }

    /// <summary>Verdicts of the days before today, somewhat worse the longer ago.</summary>
    private async Task RememberAsync(int days)
    {
        var now = (await Picket.Client.OverviewAsync()).Verdicts;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await using var db = Picket.OpenDatabase();
        for (var ago = 1; ago <= days; ago++)
        {
            var worse = Math.Min(now.Secure, ago / 3 + ago % 7);
            db.VerdictDays.Add(
                new VerdictDayRow
                {
                    IntegrationId = Integration.Id,
                    Day = today.AddDays(-ago),
                    Unknown = now.Unknown,
                    Secure = now.Secure - worse,
                    Low = now.Low,
                    Medium = now.Medium + worse / 2,
                    High = now.High + worse - worse / 2,
                    Critical = now.Critical,
                }
            );
        }

        await db.SaveChangesAsync();
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
