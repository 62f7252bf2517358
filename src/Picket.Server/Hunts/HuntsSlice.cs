using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Picket.Server.Hunts;

/// <summary>Memory: who has something or had it, asked of the history once or again and again.</summary>
public static class HuntsSlice
{
    public static void AddHunts(this IServiceCollection services)
    {
        services.TryAddSingleton<HuntSignal>();
        services.AddSingleton<HuntSearch>();
        services.AddSingleton<HuntGaps>();
        services.AddSingleton<HuntQueries>();
        services.AddSingleton<HuntRunner>();
        services.AddSingleton<SavedHunts>();
        services.AddSingleton<FeedHunts>();
        services.AddHostedService<HuntWorker>();
    }

    public static void MapHunts(this WebApplication app) => app.MapHuntEndpoints();
}
