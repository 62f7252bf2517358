using Orleans;
using Picket.Server.Drift;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>One per integration: makes its tags true, one run at a time, and looks what names them.</summary>
public interface ITaggingGrain : IGrainWithGuidKey
{
    /// <summary>There may be a run to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class TaggingGrain(
    TagRunner runner,
    ReferenceRunner references,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<TaggingGrain> log
) : PokedGrain(host, lease), ITaggingGrain
{
    protected override async Task RunAsync(Guid integration, CancellationToken stopping)
    {
        await runner.RunOpenAsync(integration, stopping);
        await references.RunAsync(integration, stopping);
    }

    protected override void Failed(Guid integration, Exception failure) =>
        ResponseLog.TaggingFailed(log, integration, failure);
}
