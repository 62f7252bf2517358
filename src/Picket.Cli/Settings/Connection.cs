using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Picket.Cli.Settings;

/// <summary>Which server, and who we are to it.</summary>
internal sealed record Connection(Uri Server, string? Token, string? CaFile)
{
    public override string ToString() => $"{nameof(Connection)} {{ {Server} }}";

    /// <summary>Options come before the environment, the environment before the file of <c>picket login</c>.</summary>
    public static Connection Resolve(Session session)
    {
        var terminal = session.Terminal;
        var config = ConfigFile.Read(terminal.ConfigFolder);
        var text =
            session.Server
            ?? Given(terminal.Environment("PICKET_SERVER"))
            ?? config?.Server
            ?? throw new UsageException(
                "No server is named. Give --server URL, set PICKET_SERVER, or run `picket login --server URL`."
            );
        var server = Address(text);
        // The token in the file belongs to the server in the file and must not travel to another one.
        var remembered = config is not null && Address(config.Server) == server ? config : null;
        var token = session.TokenStdin
            ? TokenFromInput(terminal)
            : Given(terminal.Environment("PICKET_TOKEN")) ?? remembered?.Token;
        var ca = session.Ca ?? Given(terminal.Environment("PICKET_CA")) ?? remembered?.Ca;
        return new Connection(server, token, ca);
    }

    public static Uri Address(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            throw new UsageException($"'{text}' is not an address. Give one like https://picket.example.com.");
        if (uri.Scheme == "http" && !uri.IsLoopback)
            throw new UsageException(
                $"{text} is not encrypted, and the token would travel readable. Give an https address."
            );
        return new Uri(uri.GetLeftPart(UriPartial.Authority));
    }

    public static string TokenFromInput(Terminal terminal) =>
        Given(terminal.In.ReadLine()?.Trim())
        ?? throw new UsageException("--token-stdin was given, but standard input is empty. Write the token to it.");

    public HttpClient CreateHttpClient()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) };
        if (CaFile is not null)
            handler.SslOptions.CertificateChainPolicy = Trusting(CaFile);
        // Nothing ends a large upload but its end: Ctrl-C does, and the server bounds what it takes.
        return new HttpClient(handler) { BaseAddress = Server, Timeout = Timeout.InfiniteTimeSpan };
    }

    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The CA file {file} cannot be read: {e.Message}");
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new UsageException($"The CA file {file} holds no certificate. Give a PEM file.");
    }
}
