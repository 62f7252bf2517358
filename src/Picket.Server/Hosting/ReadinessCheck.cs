using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>Ready when the database answers and can take what is written.</summary>
internal sealed class ReadinessCheck(PicketDatabase database, DiskRoom room) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = database.Open();
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }

        return await room.ShortageAsync(cancellationToken) is { } shortage
            ? HealthCheckResult.Unhealthy(shortage)
            : HealthCheckResult.Healthy();
    }
}
