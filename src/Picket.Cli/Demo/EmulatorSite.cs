using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli.Demo;

/// <summary>The emulator's first line: where it listens and how to sign in.</summary>
internal sealed record EmulatorSite(
    string Address,
    string? CaFile,
    int OrganizationGroup,
    string ApiKey,
    string Account,
    string Password,
    string TokenAddress,
    string ClientId,
    string ClientSecret,
    string? ControlAddress,
    string? ControlToken,
    string ConsoleAddress,
    string ConsoleAccount,
    string ConsolePassword
)
{
    public override string ToString() => $"{nameof(EmulatorSite)} {{ {Address} }}";

    /// <summary>Devices by tag name, read from the UEM's own API: the other side of the ledger.</summary>
    public async Task<IReadOnlyDictionary<string, HashSet<long>>> TagsAsync(
        string prefix,
        long organizationGroup,
        CancellationToken cancellation
    )
    {
        using var http = Open();
        using var listing = await GetAsync(
            http,
            $"mdm/tags/search?organizationgroupid={organizationGroup}&pagesize=500",
            cancellation
        );
        var found = new Dictionary<string, HashSet<long>>();
        if (listing is null || !listing.RootElement.TryGetProperty("Tags", out var tags))
        {
            return found;
        }

        foreach (var tag in tags.EnumerateArray())
        {
            var name = tag.GetProperty("TagName").GetString()!;
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                found[name] = await DevicesAsync(
                    http,
                    tag.GetProperty("Id").GetProperty("Value").GetInt64(),
                    cancellation
                );
            }
        }

        return found;
    }

    private static async Task<HashSet<long>> DevicesAsync(HttpClient http, long tag, CancellationToken cancellation)
    {
        using var answer = await GetAsync(http, $"mdm/tags/{tag}/devices", cancellation);
        return answer is not null && answer.RootElement.TryGetProperty("Device", out var devices)
            ? [.. devices.EnumerateArray().Select(device => Id(device.GetProperty("DeviceId")))]
            : [];
    }

    // The UEM writes ids as numbers or as text.
    private static long Id(JsonElement id) =>
        id.ValueKind == JsonValueKind.String
            ? long.Parse(id.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : id.GetInt64();

    private static async Task<JsonDocument?> GetAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(path, cancellation);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return body.Length == 0 ? null : JsonDocument.Parse(body);
    }

    private HttpClient Open()
    {
        var handler = new SocketsHttpHandler();
        if (CaFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(CaFile) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        var http = new HttpClient(handler) { BaseAddress = new Uri(Address.TrimEnd('/') + "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Password}"))
        );
        http.DefaultRequestHeaders.Add("aw-tenant-code", ApiKey);
        http.DefaultRequestHeaders.Add("Accept", "application/json;version=1");
        return http;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EmulatorSite))]
[JsonSerializable(typeof(DemoFigures))]
internal sealed partial class DemoJson : JsonSerializerContext;
