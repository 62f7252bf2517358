using Picket.Server.Hosting;

namespace Picket.Server.Deployment;

public static class DeploymentSlice
{
    public static void AddDeployment(this IServiceCollection services)
    {
        services
            .AddOptions<DeploymentOptions>()
            .BindConfiguration("Deployment")
            .RefuseUnknownSettings("Deployment")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<PublicationQueries>();
        services.AddSingleton<ConfigurationTemplates>();
        services.AddSingleton<PublicationMaker>();
        services.AddSingleton<PublicationPreviews>();
        services.AddSingleton<PublicationWords>();
        services.AddSingleton<PublicationRunner>();
        services.AddSingleton<CatalogueReader>();
        services.AddSingleton<CatalogueLedger>();
        services.AddSingleton<StoreApps>();
        services.AddSingleton<InternalApps>();
        services.AddSingleton<NudgeQueries>();
        services.AddSingleton<NudgeMaker>();
        services.AddSingleton<NudgeRunner>();
        services.AddHostedService<DeploymentWorker>();
    }

    public static void MapDeployment(this WebApplication app)
    {
        app.MapDeploymentSwitch();
        app.MapConfigurations();
        app.MapPublications();
        app.MapCatalogue();
        app.MapNudges();
    }
}
