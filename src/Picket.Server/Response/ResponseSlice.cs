using Microsoft.Extensions.DependencyInjection.Extensions;
using Picket.Server.Hosting;
using Picket.Server.Policy;

namespace Picket.Server.Response;

public static class ResponseSlice
{
    public static void AddResponse(this IServiceCollection services)
    {
        services
            .AddOptions<ResponseOptions>()
            .BindConfiguration("Response")
            .RefuseUnknownSettings("Response")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ResponseSignal>();
        services.TryAddSingleton<PolicyStore>();
        services.AddSingleton<TagBraking>();
        services.AddSingleton<TagWish>();
        services.AddSingleton<TagRunQueue>();
        services.AddSingleton<TagRunLook>();
        services.AddSingleton<TagRunner>();
        services.AddSingleton<TaggingQueries>();
        services.AddSingleton<TagDifferenceQueries>();
        services.AddSingleton<DeviceTagQueries>();
        services.AddHostedService<ResponseWorker>();
        services.AddAppGroups();
    }

    public static void MapResponse(this WebApplication app)
    {
        app.MapTagging();
        app.MapTagRuns();
        app.MapLedger();
        app.MapAppGroups();
    }
}
