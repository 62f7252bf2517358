using Picket.WorkspaceOne;

namespace Picket.Server.Brakes;

/// <summary>What keeps Picket from writing: the stop of all writes, and the never-touch list.</summary>
public static class BrakesSlice
{
    public static void AddBrakes(this IServiceCollection services)
    {
        // Closed until the database was asked: a server that was stopped while writes were stays stopped.
        services.AddSingleton(new WriteGate(WriteBrake.NotReadYet));
        services.AddSingleton<WriteBrake>();
        services.AddSingleton<BrakeQueries>();
        services.AddSingleton<NeverTouchQueries>();
        services.AddHostedService<BrakesWorker>();
        services.AddHealthChecks().AddCheck<WritesCheck>("writes");
    }

    public static void MapBrakes(this WebApplication app)
    {
        app.MapWriteStops();
        app.MapNeverTouch();
    }
}
