using System.Text.RegularExpressions;

namespace Picket.Core.Preparation;

/// <summary>An address as it should have been typed.</summary>
/// <param name="Address">Scheme, host and port alone; null when it cannot be mended.</param>
/// <param name="Hints">What was changed, in sentences; empty when nothing was.</param>
/// <param name="Error">Why it cannot be used.</param>
public sealed record MendedAddress(Uri? Address, IReadOnlyList<string> Hints, string? Error);

/// <summary>Mends the address that people copy from their browser into the address of the API.</summary>
public static partial class AddressHint
{
    public static MendedAddress Mend(string input)
    {
        var text = input.Trim();
        List<string> hints = [];
        if (text.Length > 0 && !text.Contains("://", StringComparison.Ordinal))
        {
            text = "https://" + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return Unusable("This is not an address. It looks like https://as1234.awmdm.com");
        }

        if (uri.UserInfo.Length > 0)
        {
            return Unusable("The address holds a user name or password. Enter them in their own fields only.");
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            return Unusable("The UEM is spoken to over https only.");
        }

        var host = ApiHost(uri.Host, hints);
        DropPath(uri, hints);
        return new(new UriBuilder(uri.Scheme, host, uri.IsDefaultPort ? -1 : uri.Port).Uri, hints, null);
    }

    private static string ApiHost(string host, List<string> hints)
    {
        if (!ConsoleHost().IsMatch(host))
        {
            return host;
        }

        var api = "as" + host[2..];
        hints.Add($"{host} is the console's address; the API is at {api}.");
        return api;
    }

    private static void DropPath(Uri uri, List<string> hints)
    {
        var rest = uri.PathAndQuery.TrimEnd('/') + uri.Fragment;
        if (rest.Length == 0)
        {
            return;
        }

        hints.Add(
            rest.StartsWith("/api", StringComparison.OrdinalIgnoreCase)
                ? "\"/API\" was left out: Picket adds it itself."
                : "Everything after the host's name was left out: only the server's address is needed."
        );
    }

    private static MendedAddress Unusable(string error) => new(null, [], error);

    /// <summary>Hosted consoles are cnNNN, their APIs asNNN, with the same number.</summary>
    [GeneratedRegex(@"^cn\d+\.(awmdm|airwatchportals)\.", RegexOptions.IgnoreCase)]
    private static partial Regex ConsoleHost();
}
