using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Picket.Server.Storage;

public static class StorageSlice
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new PicketDatabase(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value
        ));
        services.AddScoped(provider => provider.GetRequiredService<PicketDatabase>().Open());
    }
}
