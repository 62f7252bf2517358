using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>Links to UEMs: their settings, their connections, and the doctor that examines the preparation.</summary>
public static class IntegrationsSlice
{
    public static void AddIntegrations(this IServiceCollection services)
    {
        services
            .AddOptions<UemOptions>()
            .BindConfiguration("Uem")
            .RefuseUnknownSettings("Uem")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<SignInMemory>();
        services.AddSingleton<UemClients>();
        services.AddSingleton<UemConnections>();
        services.AddSingleton<NetworkExamination>();
        services.AddSingleton<Doctor>();
        services.AddSingleton<DoctorRounds>();
        services.AddSingleton<Patients>();
        services.AddSingleton<InventoryFigures>();
        services.AddSingleton<CredentialEndRules>();
        services.AddSingleton<IntegrationViews>();
        services.AddSingleton<InventoryRemoval>();
        services.AddSingleton<AdminReader>();
        services.AddSingleton<ProofTries>();
        services.AddSingleton<AdminProofs>();
        services.AddSingleton<ChangeGate>();
        services.AddSingleton<LinkRefresh>();
        services.AddSingleton<LinkRequests>();
        services.AddSingleton<SettingsServices>();
        services.AddSingleton<DraftLimit>();
    }

    public static void MapIntegrations(this WebApplication app) => IntegrationEndpoints.Map(app);
}
