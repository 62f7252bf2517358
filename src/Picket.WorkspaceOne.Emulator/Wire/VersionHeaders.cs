using System.Globalization;
using System.Text.RegularExpressions;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Which version a request asks for, in any of the forms that clients use.</summary>
internal static partial class VersionHeaders
{
    private static readonly object PathVersion = new();

    /// <summary>Takes a version out of the path (<c>/API/v2/system/…</c>, <c>/API/system/v2/…</c>) before routing.</summary>
    public static void TakeFromPath(HttpContext http)
    {
        if (VersionInPath().Match(http.Request.Path.Value ?? "") is { Success: true } match)
        {
            http.Items[PathVersion] = int.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture);
            http.Request.Path = match.Groups["before"].Value + match.Groups["after"].Value;
        }
    }

    public static int Asked(HttpContext http) =>
        http.Items[PathVersion] is int inPath ? inPath
        : VersionInAccept().Match(http.Request.Headers.Accept.ToString()) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : 1;

    [GeneratedRegex(@"^(?<before>/api(/[a-z]+)?)/v(?<version>\d{1,2})(?<after>/.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex VersionInPath();

    [GeneratedRegex(@";\s*version\s*=\s*""?(\d{1,3})", RegexOptions.IgnoreCase)]
    private static partial Regex VersionInAccept();
}
