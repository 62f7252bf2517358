using System.Net;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Picket.Server.Hosting;

internal static class OrleansHosting
{
    /// <summary>
    /// One silo inside this process. Localhost clustering refuses port 0, and its fixed defaults collide between two
    /// servers on one machine, so free ports are looked up.
    /// </summary>
    public static void AddOrleans(this WebApplicationBuilder builder) =>
        builder.Host.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = (FreePort(), FreePort());
            silo.UseLocalhostClustering(
                siloPort,
                gatewayPort,
                new IPEndPoint(IPAddress.Loopback, siloPort),
                serviceId: "picket",
                clusterId: $"picket-{siloPort}"
            );
            silo.Services.AddSerializer(serializer =>
                serializer.AddJsonSerializer(type =>
                    type.Namespace?.StartsWith("Picket.", StringComparison.Ordinal) is true
                )
            );
        });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
