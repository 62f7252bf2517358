using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Intelligence.Sources;

/// <summary>What a source may be.</summary>
internal static class FeedSourceRules
{
    public const int LongestInterval = 30 * 24 * 60;
    public const int UsualOfAddress = 24 * 60;
    public const int UsualOfPath = 15;
    private const int ShortestOfAddress = 15;
    private const int LongestName = 100;
    private const int LongestAddress = 1000;
    private const int LongestPath = 300;
    private const int LongestText = 500;

    public static Dictionary<string, string[]> MistakesIn(FeedSourceDraft draft, bool isNew)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (isNew && (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > LongestName))
        {
            mistakes["name"] = [$"Give the feed a name of 1 to {LongestName} characters."];
        }

        if (draft.Address is null == (draft.Path is null))
        {
            mistakes["address"] = ["Give either an https address or a path below the server's folder of feeds."];
        }
        else if (draft.Address is { } address && MistakeInAddress(address) is { } wrong)
        {
            mistakes["address"] = [wrong];
        }
        else if (draft.Path is { } path && MistakeInPath(path) is { } mistake)
        {
            mistakes["path"] = [mistake];
        }

        var shortest = draft.Address is null ? 1 : ShortestOfAddress;
        if (draft.IntervalMinutes is { } minutes && (minutes < shortest || minutes > LongestInterval))
        {
            mistakes["intervalMinutes"] = [$"Give {shortest} to {LongestInterval:N0} minutes."];
        }

        if (draft.Format is { } format && !FeedFormats.All.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            mistakes["format"] = [$"There is no such format. Picket reads {string.Join(", ", FeedFormats.All)}."];
        }

        if (draft.CaCertificatePem is { } pem && PinnedAuthorities.MistakeIn(pem) is { } unusable)
        {
            mistakes["caCertificatePem"] = [unusable];
        }

        if (draft.Licence is { Length: > LongestText } || draft.Attribution is { Length: > LongestText })
        {
            mistakes["licence"] = [$"Licence and attribution may have {LongestText} characters at most."];
        }

        return mistakes;
    }

    public static string? MistakeIn(Uri address) =>
        address.Scheme != Uri.UriSchemeHttps ? $"{address.Scheme}://{address.Host} is not https."
        : address.UserInfo.Length > 0 ? "it holds a user or password, which would be shown to whoever may read."
        : null;

    /// <summary>No step up, no way from the root; whether something is there is asked when it is read.</summary>
    public static string? MistakeInPath(string path) =>
        path.Length is 0 or > LongestPath
        || path.Contains('\0')
        || path.Contains('\\')
        || (path != "." && path.Split('/').Any(step => step is "" or "." or ".." || step.StartsWith('.')))
            ? $"Give a path below the server's folder of feeds, such as kev/kev.json, with {LongestPath} characters at most "
                + "and neither .. nor hidden parts."
            : null;

    private static string? MistakeInAddress(string address) =>
        address.Length > LongestAddress ? $"An address may have {LongestAddress} characters at most."
        : !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.HostNameType is UriHostNameType.Unknown
            ? "This is no address. Give one as https://example.com/feed.json."
        : uri.Query.Length > 0
            ? "An address with a query (after the ?) may hold a key, which would be shown to whoever may read. Give one without."
        : MistakeIn(uri) is { } mistake ? $"Picket does not read from there: {mistake}"
        : null;
}
