using System.Net;
using System.Net.Sockets;
using System.Text;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>A UEM that acts and then ends the connection politely, as load balancers do that lose who is behind them.</summary>
public sealed class SentOnceTests
{
    [Fact]
    public async Task A_command_goes_out_once_where_the_connection_ends_before_an_answer()
    {
        using var uem = new PoliteServer();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = Clients.For(handler, Clients.Options with { Address = uem.Address });

        await Assert.ThrowsAnyAsync<WorkspaceOneException>(() =>
            client.Commands.EnterpriseWipeAsync(7, "a test", TestContext.Current.CancellationToken)
        );

        Assert.Equal(1, uem.Requests);
    }

    /// <summary>Reads each request to the end of its head, and says goodbye.</summary>
    private sealed class PoliteServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private int requests;

        public PoliteServer()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/API");

        public int Requests => Volatile.Read(ref requests);

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                var (stream, buffer, head) = (caller.GetStream(), new byte[4096], new StringBuilder());
                while (
                    !head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)
                    && await stream.ReadAsync(buffer) is > 0 and var read
                )
                {
                    head.Append(Encoding.ASCII.GetString(buffer, 0, read));
                }

                if (head.Length > 0)
                {
                    Interlocked.Increment(ref requests);
                }

                caller.Client.Shutdown(SocketShutdown.Send);
                await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false); // Until the caller ends it, too: nothing is reset.
            }
        }
    }
}
