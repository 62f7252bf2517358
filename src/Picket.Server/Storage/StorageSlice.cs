using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Picket.Server.Hosting;

namespace Picket.Server.Storage;

public static class StorageSlice
{
    public static void AddStorage(this IServiceCollection services)
    {
        services
            .AddOptions<StorageOptions>()
            .BindConfiguration("Storage")
            .RefuseUnknownSettings("Storage")
            .ValidateDataAnnotations()
            .Validate(
                options => IsConnectionString(options.Postgres),
                "Storage:Postgres is no connection string, such as Host=db;Database=picket;Username=picket."
            )
            .ValidateOnStart();
        services.AddSingleton(provider => new PicketDatabase(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value
        ));
        services.AddSingleton<DiskRoom>();
        services.AddScoped(provider => provider.GetRequiredService<PicketDatabase>().Open());
    }

    private static bool IsConnectionString(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || new NpgsqlConnectionStringBuilder(text) is { Host: not null };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
