using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Picket.Server.Hosting;

public static class Health
{
    /// <summary>Live: the process answers. Ready: the database does too.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
