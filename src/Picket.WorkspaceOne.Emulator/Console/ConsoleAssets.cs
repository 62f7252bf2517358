using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Picket.WorkspaceOne.Emulator.Console;

/// <summary>
/// Style and script, embedded in the program: build output that is started outside Development would serve static web
/// assets as empty files.
/// </summary>
internal static class ConsoleAssets
{
    private const string Folder = ConsoleSite.Root + "/assets/";

    private static readonly Dictionary<string, (byte[] Content, string Type, string Address)> Files = new()
    {
        ["console.css"] = Load("console.css", "text/css; charset=utf-8"),
        ["console.js"] = Load("console.js", "text/javascript; charset=utf-8"),
    };

    /// <summary>The address of a file, which changes with its content.</summary>
    public static string Address(string name) => Files[name].Address;

    public static bool Holds(PathString path) => path.StartsWithSegments(Folder.TrimEnd('/'));

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (name, file) in Files)
        {
            app.MapGet(
                Folder + name,
                (RequestDelegate)(
                    async http =>
                    {
                        http.Response.ContentType = file.Type;
                        http.Response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
                        await http.Response.Body.WriteAsync(file.Content, http.RequestAborted);
                    }
                )
            );
        }
    }

    private static (byte[] Content, string Type, string Address) Load(string name, string type)
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        using var stream =
            assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        return (bytes, type, $"{Folder}{name}?v={Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]}");
    }
}
