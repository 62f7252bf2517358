using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Sync.Stages;

namespace Picket.Server.Sync;

public static class SyncSlice
{
    public static void AddSync(this IServiceCollection services)
    {
        services.AddSingleton<SyncQueue>();
        services.AddSingleton<CallSpending>();
        services.AddSingleton<RunRowQueries>();
        services.AddSingleton<SyncRunBook>();
        services.AddSingleton<SyncEngine>();
        services.AddSingleton<DeviceWriter>();
        services.AddSingleton<DetailWriter>();
        services.AddSingleton<AppCatalogue>();
        services.AddSingleton<PersonalAppKey>();
        services.AddSingleton<JudgingSignal>();
        services.AddHostedService<SyncScheduler>();
    }

    public static void MapSync(this WebApplication app) => app.MapRuns();
}
