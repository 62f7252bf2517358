using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>A running emulator with a client that trusts its CA only and signs in as the prepared administrator.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly HttpClient client;

    private Visitor(EmulatorHost host)
    {
        Host = host;
        client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { host.CaCertificate },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        );
    }

    public EmulatorHost Host { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Visitor> ComeAsync(EmulatorOptions? options = null, TimeProvider? time = null) =>
        new(
            await EmulatorHost.StartAsync(
                options ?? new EmulatorOptions { Devices = 60, Control = true },
                time,
                Cancelled
            )
        );

    public HttpRequestMessage Request(string path, int version = 1, HttpMethod? method = null, object? body = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, Host.Address + "/" + path);
        request.Headers.TryAddWithoutValidation("Accept", $"application/json;version={version}");
        request.Headers.Add("aw-tenant-code", Host.Credentials.ApiKey);
        request.Headers.Authorization = Basic(Host.Credentials.Account, Host.Credentials.Password);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return request;
    }

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken? ct = null) =>
        client.SendAsync(request, ct ?? Cancelled);

    public Task<HttpResponseMessage> GetAsync(string path, int version = 1) => SendAsync(Request(path, version));

    public Task<HttpResponseMessage> PostAsync(string path, object body, int version = 1) =>
        SendAsync(Request(path, version, HttpMethod.Post, body));

    public async Task<JsonElement> ReadAsync(string path, int version = 1)
    {
        using var response = await GetAsync(path, version);
        response.EnsureSuccessStatusCode();
        return await BodyAsync(response);
    }

    public static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        return body.RootElement.Clone();
    }

    public static async Task RefusedAsync(HttpResponseMessage response, int status, int code, string message)
    {
        var body = await BodyAsync(response);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, body.GetProperty("errorCode").GetInt32());
        Assert.Equal(message, body.GetProperty("message").GetString());
        Assert.True(Guid.TryParse(body.GetProperty("activityId").GetString(), out _));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Host.DisposeAsync();
    }
}
