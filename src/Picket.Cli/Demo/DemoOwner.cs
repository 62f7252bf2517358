using System.Buffers.Text;
using System.Security.Cryptography;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>Who owns the demo's server: a name to sign in with, a random password, and a token for the command line.</summary>
internal sealed record DemoOwner(string Name, string Password, string Token)
{
    private const int PasswordBytes = 12;
    private const int TokenDays = 30;

    public override string ToString() => $"{nameof(DemoOwner)} {{ {Name} }}";

    /// <summary>As whoever reads what the server prints at its first start.</summary>
    public static async Task<DemoOwner> ClaimAsync(HttpClient http, string code, CancellationToken cancellation)
    {
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
        var wish = new ClaimLink(code, "owner", "owner@example.com", password, TokenDays);
        var signedIn = await new PicketClient(http).ClaimLinkAsync(wish, cancellation);
        return new DemoOwner(wish.Name, password, signedIn.Token.Secret);
    }
}
