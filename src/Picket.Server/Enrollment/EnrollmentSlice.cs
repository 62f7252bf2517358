using Picket.Server.Hosting;

namespace Picket.Server.Enrollment;

public static class EnrollmentSlice
{
    public static void AddEnrollment(this IServiceCollection services)
    {
        services
            .AddOptions<EnrollmentOptions>()
            .BindConfiguration("Enrollment")
            .RefuseUnknownSettings("Enrollment")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ImportQueries>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<ImportStarts>();
        services.AddSingleton<ImportRunner>();
        services.AddHostedService<EnrollmentWorker>();
    }

    public static void MapEnrollment(this WebApplication app)
    {
        app.MapEnrollmentSwitch();
        app.MapImports();
    }
}
