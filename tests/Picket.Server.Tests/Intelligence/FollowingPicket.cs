using Picket.Api;

namespace Picket.Server.Tests.Intelligence;

/// <summary>One server, one publisher and one folder of feeds for all tests of a class.</summary>
public sealed class FollowingPicket : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public PicketApplication Picket { get; private set; } = null!;

    public FeedServer Publisher { get; private set; } = null!;

    public string Folder => folder.Path;

    public async ValueTask InitializeAsync()
    {
        Publisher = await FeedServer.StartAsync();
        Picket = await PicketApplication.StartAsync(
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Feeds:Folder"] = folder.Path,
                    ["Feeds:FetchTimeoutSeconds"] = "5",
                },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Picket.DisposeAsync();
        await Publisher.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Follows it and waits for the first look.</summary>
    public async Task<FeedSourceView> FollowAsync(FeedSourceDraft draft) =>
        await LookedAtAsync(await Picket.Client.FollowFeedAsync(draft), before: null);

    public Task<FeedSourceView> FollowAsync(string name, string address) =>
        FollowAsync(
            new()
            {
                Name = name,
                Address = address,
                CaCertificatePem = Publisher.CaPem,
            }
        );

    public Task<FeedSourceView> FollowPathAsync(string name, string path) =>
        FollowAsync(new() { Name = name, Path = path });

    public async Task<FeedSourceView> CheckAsync(FeedSourceView source)
    {
        var before = await Picket.Client.CheckFeedSourceAsync(source.Id);
        return await LookedAtAsync(before, before.LastTryAt);
    }

    public async Task<FeedView> FeedAsync(FeedSourceView source) =>
        await Picket.Client.FeedAsync((await Picket.Client.FeedSourceAsync(source.Id)).FeedId!.Value);

    private async Task<FeedSourceView> LookedAtAsync(FeedSourceView source, DateTimeOffset? before)
    {
        var cancellation = TestContext.Current.CancellationToken;
        while (source.LastTryAt == before || source.Checking)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
            source = await Picket.Client.FeedSourceAsync(source.Id, cancellation);
        }

        return source;
    }
}
