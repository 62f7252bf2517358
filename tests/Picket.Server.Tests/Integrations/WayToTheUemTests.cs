using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Integrations;

/// <summary>Law 7: secrets go the way that whoever knows them meant them to go, and no other.</summary>
public sealed class WayToTheUemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_through_the_proxy_of_the_integration()
    {
        await using var proxy = new ConnectProxy("picket", "proxy-canary-51c2");
        await using var picket = await StartWithTlsAsync();
        var through = new ProxySettings(proxy.Address, "picket", "proxy-canary-51c2");

        var made = await picket.CreateIntegrationAsync(picket.Draft() with { Proxy = through });
        var direct = proxy.Opened.Count;
        var connection = await picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation);
        var info = await connection.Client.GetSystemInfoAsync(Cancellation);

        Assert.Equal(new ProxySettings(proxy.Address, "picket"), made.Proxy);
        Assert.NotNull(info.ProductVersion);
        Assert.True(proxy.Opened.Count > direct);
        Assert.All(proxy.Opened, target => Assert.Equal(picket.Emulator.Address.Authority, target));
        Assert.DoesNotContain("proxy-canary-51c2", picket.Logs.All);
    }

    [Fact]
    public async Task Reaches_nothing_when_the_proxy_refuses_and_does_not_go_around_it()
    {
        await using var proxy = new ConnectProxy("picket", "right");
        await using var picket = await StartWithTlsAsync();

        var report = await picket.Client.DoctorAsync(
            picket.Draft() with
            {
                Proxy = new ProxySettings(proxy.Address, "picket", "wrong"),
            },
            cancellationToken: Cancellation
        );

        Assert.True(report.Fail > 0);
        Assert.Contains(report.Checks, check => $"{check.Finding} {check.Evidence}".Contains("proxy"));
        Assert.Empty(proxy.Opened);
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
    }

    [Theory]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[::ffff:169.254.169.254]")]
    public async Task Asks_no_proxy_for_an_address_that_is_closed(string address)
    {
        await using var proxy = new ConnectProxy("picket", "right");
        await using var picket = await StartWithTlsAsync();

        var report = await picket.Client.DoctorAsync(
            picket.Draft() with
            {
                Address = address,
                Proxy = new ProxySettings(proxy.Address, "picket", "right"),
            },
            cancellationToken: Cancellation
        );

        Assert.Equal(["connection"], report.Failed());
        Assert.Contains("may not connect", report.Check("connection").Finding);
        Assert.Empty(proxy.Opened);
    }

    [Fact]
    public async Task Asks_no_proxy_for_a_closed_address_whoever_sends_the_request()
    {
        await using var proxy = new ConnectProxy("picket", "right");
        await using var picket = await StartWithTlsAsync();
        var through = new WebProxy(proxy.Address) { Credentials = new NetworkCredential("picket", "right") };
        using var http = new HttpClient(picket.Service<OutboundConnector>().Handler(proxy: through));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync("https://169.254.169.254/latest/meta-data", Cancellation)
        );

        Assert.IsType<OutboundRefusedException>(refused.InnerException);
        Assert.Empty(proxy.Opened);
    }

    [Fact]
    public async Task Tries_a_new_token_address_first_and_keeps_the_old_one_when_it_fails()
    {
        await using var picket = await PicketApplication.StartAsync();
        var credential = picket.OAuthCredential();
        var made = await picket.CreateIntegrationAsync(picket.Draft() with { Credential = credential });
        var elsewhere = credential with { TokenAddress = "http://127.0.0.1:9/connect/token" };
        var renamed = credential with
        {
            TokenAddress = credential.TokenAddress.Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
        };

        var refused = await Expect.RefusedAsync(
            HttpStatusCode.UnprocessableEntity,
            () =>
                picket.Client.ChangeIntegrationAsync(
                    made.Id,
                    made.Version,
                    new ChangeIntegration { Credential = elsewhere },
                    Cancellation
                )
        );
        var kept = await TokenAddressAsync(picket);
        await picket.Client.ChangeIntegrationAsync(
            made.Id,
            made.Version,
            new ChangeIntegration { Credential = renamed },
            Cancellation
        );

        Assert.Equal(["oauth-client"], refused.Problem.Doctor!.Failed());
        Assert.Equal(credential.TokenAddress, kept);
        Assert.NotEqual(credential.TokenAddress, renamed.TokenAddress);
        Assert.Equal(renamed.TokenAddress, await TokenAddressAsync(picket));
    }

    [Fact]
    public async Task Wants_the_password_of_the_proxy_too_when_the_token_address_changes()
    {
        await using var proxy = new ConnectProxy("picket", "right");
        await using var picket = await StartWithTlsAsync();
        var credential = picket.OAuthCredential();
        var made = await picket.CreateIntegrationAsync(
            picket.Draft() with
            {
                Credential = credential,
                Proxy = new ProxySettings(proxy.Address, "picket", "right"),
            }
        );
        var elsewhere = credential with { TokenAddress = "https://token.example.com/connect/token" };
        var tunnels = proxy.Opened.Count;

        Func<Task>[] ways =
        [
            () => picket.Client.RotateCredentialAsync(made.Id, elsewhere, Cancellation),
            () =>
                picket.Client.ChangeIntegrationAsync(
                    made.Id,
                    made.Version,
                    new ChangeIntegration { Credential = elsewhere },
                    Cancellation
                ),
        ];
        foreach (var way in ways)
        {
            var refused = await Expect.RefusedAsync(HttpStatusCode.UnprocessableEntity, way);
            Assert.Contains("the token address", refused.Problem.Detail);
        }

        Assert.Equal(tunnels, proxy.Opened.Count);
    }

    public static TheoryData<string> Ways => new() { "address", "token address", "CA", "proxy" };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Opens_saved_secrets_for_no_other_way_than_they_were_saved_for(string way)
    {
        var box = new SecretBox(new EphemeralDataProtectionProvider());
        var row = new IntegrationRow
        {
            Id = Guid.CreateVersion7(),
            Name = "Test",
            Address = "https://as1.example.com/API",
            Account = "picket",
            ProtectedSecrets = "",
        };
        row.ProtectedSecrets = box.Close(row, new IntegrationSecrets("password", "key"));
        var before = box.TryOpen(row);

        switch (way)
        {
            case "address":
                row.Address = "https://evil.example.com/API";
                break;
            case "token address":
                row.TokenAddress = "https://evil.example.com/token";
                break;
            case "CA":
                row.CaCertificatePem = "-----BEGIN CERTIFICATE-----";
                break;
            default:
                row.ProxyAddress = "http://evil.example.com:3128";
                break;
        }

        Assert.Equal("password", before?.Secret);
        Assert.Null(box.TryOpen(row));
    }

    [Fact]
    public async Task Sends_nothing_to_an_address_that_was_changed_in_the_database()
    {
        await using var picket = await PicketApplication.StartAsync();
        var made = await picket.CreateIntegrationAsync();
        await using var db = picket.OpenDatabase();
        var elsewhere = picket.Emulator.Address.ToString().Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, elsewhere), Cancellation);
        Assert.NotEqual(made.Address, elsewhere);
        picket.Emulator.RequestLog.Clear();

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            picket.Service<UemConnections>().OpenAsync(made.Id, Cancellation)
        );

        Assert.Contains("cannot be decrypted", failure.Message);
        Assert.Equal(0, picket.Emulator.RequestLog.Total);
    }

    private static Task<PicketApplication> StartWithTlsAsync() =>
        PicketApplication.StartAsync(new() { Emulator = new EmulatorOptions { Devices = 50 } });

    private static async Task<string?> TokenAddressAsync(PicketApplication picket)
    {
        await using var db = picket.OpenDatabase();
        return (await db.Integrations.AsNoTracking().SingleAsync(Cancellation)).TokenAddress;
    }
}
