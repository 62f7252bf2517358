using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Picket.Cli.Demo;

/// <summary>The port of the demo's server, such that two demos can run at once.</summary>
internal static class DemoPorts
{
    private const int Usual = 8480;

    public static int Choose(DemoOptions options) =>
        options switch
        {
            { Port: { } wanted and > 0 } => IsFree(wanted)
                ? wanted
                : throw new UsageException($"Port {wanted} is taken. Give another --port, or 0 for a free one."),
            // Nobody connects to a demo that ends by itself.
            { Port: null, Once: false } when IsFree(Usual) => Usual,
            _ => Free(),
        };

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Below the ports that systems give to outgoing connections: one of these could be taken again before the server
    /// starts.
    /// </summary>
    private static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (IsFree(port))
            {
                return port;
            }
        }
    }
}
