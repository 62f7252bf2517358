using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Picket.Bench.Harness;

namespace Picket.Bench.Raw;

/// <summary>The least that reads a device listing: all pages, so many in flight, nothing checked, nothing kept.</summary>
internal sealed class RawPages : IDisposable
{
    private const int InFlight = 8;
    private readonly HttpClient http;
    private readonly int pages;

    public RawPages(EmulatorProgram emulator)
    {
        var site = emulator.Site;
        pages = emulator.Pages;
        http = new HttpClient(Handler(site.CaFile)) { BaseAddress = new Uri(site.Address.TrimEnd('/') + "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.Account}:{site.Password}"))
        );
        http.DefaultRequestHeaders.Add("aw-tenant-code", site.ApiKey);
        http.DefaultRequestHeaders.Add("Accept", "application/json;version=2");
    }

    public static SocketsHttpHandler Handler(string caFile) =>
        new()
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(caFile) },
                },
            },
        };

    /// <summary>Fetches every page and throws its bytes away.</summary>
    public Task FetchAsync() =>
        EachPageAsync(
            async (body, cancellation) =>
            {
                await body.CopyToAsync(Stream.Null, cancellation);
            }
        );

    /// <summary>Fetches and parses every page.</summary>
    public Task FetchAndParseAsync() =>
        EachPageAsync(
            async (body, cancellation) =>
            {
                await JsonSerializer.DeserializeAsync(body, RawJson.Default.RawPage, cancellation);
            }
        );

    public async Task<List<RawDevice>> ReadAllAsync()
    {
        var all = new List<RawDevice>();
        await EachPageAsync(
            async (body, cancellation) =>
            {
                var page = await JsonSerializer.DeserializeAsync(body, RawJson.Default.RawPage, cancellation);
                lock (all)
                {
                    all.AddRange(page!.Devices);
                }
            }
        );
        return all;
    }

    /// <summary>What a listing says of its length; null where it says nothing.</summary>
    public async Task<int?> TotalAsync(string address)
    {
        foreach (var version in (int[])[2, 1])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd($"application/json;version={version}");
            using var answer = await http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                return 0;
            }

            if (answer.IsSuccessStatusCode)
            {
                using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
                return Total(body.RootElement);
            }
        }

        return null;
    }

    public void Dispose() => http.Dispose();

    private static int? Total(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object
            ? null
            : body.EnumerateObject()
                .Where(item => item.Name is "Total" or "TotalResults" or "total" or "total_results")
                .Select(item => (int?)item.Value.GetInt32())
                .FirstOrDefault();

    private Task EachPageAsync(Func<Stream, CancellationToken, Task> take) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, pages),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight },
            async (page, cancellation) =>
            {
                using var answer = await http.GetAsync(
                    $"mdm/devices/search?page={page}&pagesize=500&orderby=deviceid&sortorder=ASC",
                    HttpCompletionOption.ResponseHeadersRead,
                    cancellation
                );
                answer.EnsureSuccessStatusCode();
                await take(await answer.Content.ReadAsStreamAsync(cancellation), cancellation);
            }
        );
}
