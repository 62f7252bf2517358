using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>One per integration: makes its tags true, one run at a time.</summary>
public interface ITaggingGrain : IGrainWithGuidKey
{
    /// <summary>There may be a run to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class TaggingGrain(TagRunner runner, IHostApplicationLifetime host, ILogger<TaggingGrain> log)
    : PokedGrain(host),
        ITaggingGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunOpenAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        ResponseLog.TaggingFailed(log, integration, failure);
}
