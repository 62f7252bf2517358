namespace Picket.Server.Drift;

/// <summary>What others change about what is Picket's in the UEM.</summary>
public static class DriftSlice
{
    public static void AddDrift(this IServiceCollection services)
    {
        services.AddSingleton<DriftWatch>();
        services.AddSingleton<DriftedTags>();
        services.AddSingleton<DriftQueries>();
        services.AddSingleton<ReferenceRunner>();
    }

    public static void MapDrift(this WebApplication app)
    {
        app.MapDriftRoutes();
        app.MapReferences();
        app.MapWatchedPolicies();
    }
}
