using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Retention;

/// <summary>How long each kind of fact is kept.</summary>
public static class RetentionSlice
{
    private const string Section = "Retention";

    public static void AddRetention(this IServiceCollection services)
    {
        services
            .AddOptions<RetentionOptions>()
            .BindConfiguration(Section)
            .RefuseUnknownSettings(Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<RetentionBook>();
        services.AddSingleton<RetentionWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionWorker>());
    }

    public static void MapRetention(this WebApplication app) => app.MapGet(Routes.Retention, List);

    private static Ok<Page<RetentionView>> List(RetentionBook book) =>
        TypedResults.Ok(new Page<RetentionView>(book.Views(), Next: null));
}
