using System.Text.RegularExpressions;
using Picket.Api;

namespace Picket.Bench.Harness;

/// <summary>Owns a server that is measured: by the link of its first start, and afterwards by the token kept beside its data.</summary>
internal static partial class ServerOwner
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<string> TokenAsync(ChildProgram server, HttpClient http, string folder)
    {
        var file = Path.Combine(folder, "bench-token");
        if (!File.Exists(file))
        {
            var wish = new ClaimLink(
                await CodeAsync(server),
                "owner",
                "owner@example.com",
                "correct horse battery",
                366
            );
            var signedIn = await new PicketClient(http).ClaimLinkAsync(wish);
            await File.WriteAllTextAsync(file, signedIn.Token.Secret);
        }

        return await File.ReadAllTextAsync(file);
    }

    private static async Task<string> CodeAsync(ChildProgram server)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            if (server.Lines.Select(line => Link().Match(line)).FirstOrDefault(link => link.Success) is { } link)
            {
                return link.Groups[1].Value;
            }

            await Task.Delay(Poll, TimeProvider.System, limit.Token);
        }
    }

    [GeneratedRegex("/first-owner#([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
