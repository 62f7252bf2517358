using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Enrollment;

/// <summary>One per integration: works its imports off, one at a time.</summary>
public interface IEnrollmentGrain : IGrainWithGuidKey
{
    /// <summary>There may be an import to work at. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class EnrollmentGrain(
    ImportRunner runner,
    IHostApplicationLifetime host,
    WorkLease lease,
    ILogger<EnrollmentGrain> log
) : PokedGrain(host, lease), IEnrollmentGrain
{
    protected override Task RunAsync(Guid integration, CancellationToken stopping) =>
        runner.RunOpenAsync(integration, stopping);

    protected override void Failed(Guid integration, Exception failure) =>
        EnrollmentLog.GrainFailed(log, integration, failure);
}
