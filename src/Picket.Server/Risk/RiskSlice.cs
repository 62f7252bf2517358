using Microsoft.Extensions.DependencyInjection.Extensions;
using Picket.Server.Response;

namespace Picket.Server.Risk;

/// <summary>Verdicts: devices judged in the background, and the findings that made them.</summary>
public static class RiskSlice
{
    public static void AddRisk(this IServiceCollection services)
    {
        services.TryAddSingleton<JudgingSignal>();
        services.TryAddSingleton<ResponseSignal>();
        services.TryAddSingleton<AppGroupSignal>();
        services.AddSingleton<JudgingBatch>();
        services.AddSingleton<FindingQueries>();
        services.AddSingleton<VerdictDays>();
        services.AddSingleton<RiskiestDevices>();
        services.AddSingleton<FactCoverageQuery>();
        services.AddHostedService<JudgingWorker>();
        services.AddSingleton<FleetMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<FleetMetrics>());
    }

    public static void MapRisk(this WebApplication app) => app.MapFindings();
}
