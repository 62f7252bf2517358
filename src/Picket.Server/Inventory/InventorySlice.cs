using Picket.Server.Inventory.Users;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

/// <summary>The reading half of the inventory, and the overview.</summary>
public static class InventorySlice
{
    public static void AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<PersonalApps>();
        services.AddSingleton<AppHiding>();
        services.AddSingleton<OwnershipChange>();
        services.AddSingleton<PrivacySignal>();
        services.AddHostedService<PrivacyWorker>();
        services.AddSingleton<DeviceSelection>();
        services.AddSingleton<DeviceQueries>();
        services.AddSingleton<DeviceFacetQueries>();
        services.AddSingleton<SmartGroupReadings>();
        services.AddSingleton<MemberQueries>();
        services.AddSingleton<DeviceAppQueries>();
        services.AddSingleton<DeviceHistoryQueries>();
        services.AddSingleton<AppQueries>();
        services.AddSingleton<AppLines>();
        services.AddSingleton<PeopleQueries>();
        services.AddSingleton<Erasures>();
        services.AddSingleton<UserQueries>();
        services.AddSingleton<UserExport>();
        services.AddSingleton<UserErasure>();
        services.AddSingleton<GroupQueries>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<FleetBlindSpots>();
    }

    public static void MapInventory(this WebApplication app)
    {
        app.MapDevices();
        app.MapDeviceExport();
        app.MapDirectory();
        app.MapUsers();
        app.MapApps();
        app.MapOverview();
    }
}
