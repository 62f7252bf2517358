using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Picket.Server.Hosting;

public static class Health
{
    /// <summary>Live: the process answers. Ready: the database does too.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>The state, and below it what is wrong: whoever is paged at night should not have to look for it.</summary>
    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var causes = report.Entries.Values.Select(entry => entry.Description).OfType<string>();
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. causes]));
    }
}
