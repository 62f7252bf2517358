namespace Picket.Server.Integrations;

/// <summary>Links to UEMs: their settings, their connections, and the doctor that examines the preparation.</summary>
public static class IntegrationsSlice
{
    public static void AddIntegrations(this IServiceCollection services)
    {
        services.AddOptions<UemOptions>().BindConfiguration("Uem").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UemClients>();
        services.AddSingleton<UemConnections>();
        services.AddSingleton<NetworkExamination>();
        services.AddSingleton<Doctor>();
    }
}
