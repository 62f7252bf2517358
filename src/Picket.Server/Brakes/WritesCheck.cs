using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Picket.Server.Brakes;

/// <summary>A server whose writes are stopped is healthy, and says so. Without the reason: anybody may ask.</summary>
internal sealed class WritesCheck(WriteBrake brake) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            HealthCheckResult.Healthy(
                brake.Current is { } stop ? $"All writes to the UEM are stopped since {stop.StoppedAt:u}." : null
            )
        );
}
