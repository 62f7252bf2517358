using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Picket.Bench.Harness;

namespace Picket.Bench.Raw;

/// <summary>Fetches pages of a device listing and throws their bytes away.</summary>
internal sealed class PageClient : IDisposable
{
    private readonly HttpClient http;

    public PageClient(EmulatorProgram emulator, bool gzip = false)
        : this(emulator.Site.Address, emulator.Site.CaFile, gzip)
    {
        var site = emulator.Site;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.Account}:{site.Password}"))
        );
        http.DefaultRequestHeaders.Add("aw-tenant-code", site.ApiKey);
        http.DefaultRequestHeaders.Add("Accept", "application/json;version=2");
    }

    public PageClient(string address, string caFile, bool gzip = false)
    {
        var handler = RawPages.Handler(caFile);
        handler.AutomaticDecompression = gzip ? DecompressionMethods.GZip : DecompressionMethods.None;
        http = new HttpClient(handler) { BaseAddress = new Uri(address.TrimEnd('/') + "/") };
    }

    public Task<byte[]> ReadAsync(int page) => http.GetByteArrayAsync(Path(page));

    public async Task DrainAsync(int page, CancellationToken ct)
    {
        using var answer = await http.GetAsync(Path(page), HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null, ct);
    }

    public void Dispose() => http.Dispose();

    private static string Path(int page) => $"mdm/devices/search?page={page}&pagesize=500";
}
