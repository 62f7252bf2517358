namespace Picket.Server.Policy;

/// <summary>The rules by which devices are judged: one document, version by version.</summary>
public static class PolicySlice
{
    public static void AddPolicy(this IServiceCollection services)
    {
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<PolicyQueries>();
        services.AddSingleton<PolicyPlanner>();
        services.AddSingleton<PolicyChanges>();
        services.AddSingleton<PlaceChanges>();
    }

    public static void MapPolicy(this WebApplication app) => app.MapPolicies();
}
