using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Tests.Integrations;

namespace Picket.Server.Tests.Hosting;

/// <summary>Law 9, the one door out.</summary>
public sealed class OutboundTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://192.168.7.7:8443")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[fe80::1]")]
    [InlineData("https://[::ffff:10.1.2.3]")]
    public async Task Refuses_a_closed_address_at_once(string address)
    {
        await using var picket = await PicketApplication.StartAsync();

        var report = await picket.Client.DoctorAsync(
            picket.Draft() with
            {
                Address = address,
            },
            cancellationToken: Cancellation
        );

        Assert.Equal(["connection"], report.Failed());
        Assert.Contains("may not connect", report.Check("connection").Finding);
        Assert.InRange(report.Seconds, 0, 5);
    }

    [Fact]
    public async Task Refuses_loopback_unless_the_server_was_told_otherwise()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Outbound:AllowLoopback"] = "false" } }
        );

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancellation);

        Assert.Equal(["connection"], report.Failed());
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
    }

    [Fact]
    public async Task Sends_telemetry_through_the_same_door_but_to_this_host_too()
    {
        await using var picket = await PicketApplication.StartAsync(
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Outbound:AllowLoopback"] = "false",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
                },
            }
        );
        using var http = picket.Service<IOptions<OtlpExporterOptions>>().Value.HttpClientFactory!();

        var closed = await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync("http://169.254.169.254/", Cancellation)
        );
        using var open = await http.GetAsync(new Uri(picket.Emulator.Address, "/"), Cancellation);

        Assert.IsType<OutboundRefusedException>(closed.InnerException);
        Assert.NotEqual(0, (int)open.StatusCode);
    }

    [Fact]
    public async Task Follows_no_redirect_with_credentials()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var console = RedirectAllAsync(listener, picket.Emulator.Address, stop.Token);

        var report = await picket.Client.DoctorAsync(
            picket.Draft() with
            {
                Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
            },
            cancellationToken: Cancellation
        );

        Assert.Equal(["uem"], report.Failed());
        Assert.Contains("elsewhere", report.Check("uem").Finding);
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => console);
    }

    private static async Task RedirectAllAsync(TcpListener listener, Uri target, CancellationToken cancellation)
    {
        var answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 302 Found\r\nLocation: {target}/system/info\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(cancellation);
            await using var stream = client.GetStream();
            var buffer = new byte[4096];
            if (await stream.ReadAsync(buffer, cancellation) > 0)
            {
                await stream.WriteAsync(answer, cancellation);
            }
        }
    }
}
