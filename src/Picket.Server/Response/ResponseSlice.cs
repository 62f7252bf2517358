namespace Picket.Server.Response;

public static class ResponseSlice
{
    public static void AddResponse(this IServiceCollection services)
    {
        services.AddSingleton<ResponseSignal>();
        services.AddSingleton<TagRunQueue>();
        services.AddSingleton<TagRunner>();
        services.AddSingleton<TaggingQueries>();
        services.AddHostedService<ResponseWorker>();
    }

    public static void MapResponse(this WebApplication app)
    {
        app.MapTagging();
        app.MapLedger();
    }
}
