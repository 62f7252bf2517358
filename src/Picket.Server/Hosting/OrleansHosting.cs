using System.Net;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Picket.Server.Hosting;

internal static class OrleansHosting
{
    // A name: nobody is told of it, and nobody connects. The silo itself must have one that is not 0.
    private const int AdvertisedPort = 11_111;

    /// <summary>
    /// One silo inside this process, and no clients but it. The system gives it the port at which it listens: one that was
    /// looked up beforehand may be taken by the time it is needed, and a fixed one by another server on the machine.
    /// </summary>
    public static void AddOrleans(this WebApplicationBuilder builder) =>
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(AdvertisedPort, serviceId: "picket", clusterId: $"picket-{Guid.NewGuid():N}");
            silo.Configure<EndpointOptions>(endpoints =>
            {
                endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0);
                endpoints.GatewayPort = 0;
            });
            // Silos that take too long to join are put out. There is no other, and where the clock is set ahead while this
            // one starts, it would put itself out, and end the process.
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
                membership.SiloGenerationRetirementAge = null;
            });
            // Where grains are: all on this one node. The default has room for a million, 18 MB from the start.
            silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 1000);
            silo.Services.AddSerializer(serializer =>
                serializer.AddJsonSerializer(type =>
                    type.Namespace?.StartsWith("Picket.", StringComparison.Ordinal) is true
                )
            );
        });
}
