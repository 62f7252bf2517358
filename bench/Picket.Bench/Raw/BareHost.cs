using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Picket.Bench.Raw;

/// <summary>The least that answers a health check: what any web host of this framework needs to start.</summary>
internal static class BareHost
{
    public static async Task<int> RunAsync(string url)
    {
        var app = WebApplication.CreateBuilder([$"--urls={url}"]).Build();
        app.MapGet("/health/live", () => Results.Text("Healthy"));
        await app.RunAsync();
        return 0;
    }
}
