namespace Picket.Server.Response;

public static class AppGroupSlice
{
    public static void AddAppGroups(this IServiceCollection services)
    {
        services.AddSingleton<AppGroupSignal>();
        services.AddSingleton<AppGroupQueue>();
        services.AddSingleton<AppGroupLook>();
        services.AddSingleton<AppGroupRunner>();
        services.AddSingleton<AppGroupQueries>();
        services.AddHostedService<AppGroupWorker>();
    }

    public static void MapAppGroups(this WebApplication app)
    {
        app.MapAppGroupLists();
        app.MapAppGroupRuns();
    }
}
