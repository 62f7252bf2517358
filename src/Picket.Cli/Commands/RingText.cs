using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Picket.Api;

namespace Picket.Cli.Commands;

/// <summary>
/// A ring on the command line: a smart group; <c>N%=group</c> for a share of its devices; <c>users=group</c> for the
/// devices of a user group's people; or the ring as the API takes it, in JSON. A group whose name looks like one of these is given by its id.
/// </summary>
internal static partial class RingText
{
    private const int LongestName = 60;
    private const string Users = "users=";

    public static RingInput Parse(string text) =>
        text.StartsWith('{') ? OfJson(text)
        : Share().Match(text) is { Success: true } share
            ? new RingInput(
                Short($"{share.Groups["percent"].Value}% of {share.Groups["group"].Value}"),
                [share.Groups["group"].Value],
                int.Parse(share.Groups["percent"].ValueSpan, CultureInfo.InvariantCulture)
            )
        : text.StartsWith(Users, StringComparison.Ordinal) && text.Length > Users.Length
            ? new RingInput(Short(text[Users.Length..]), []) { UserGroups = [text[Users.Length..]] }
        : new RingInput(Short(text), [text]);

    private static RingInput OfJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, PicketApiJson.Default.RingInput)!;
        }
        catch (JsonException mistake)
        {
            throw new UsageException(
                $"'{text}' is no ring in JSON: {mistake.Message} It looks like {{\"name\":\"Early\",\"smartGroups\":[\"A\",\"B\"],\"sharePercent\":10}}."
            );
        }
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName].TrimEnd();

    [GeneratedRegex(@"\A(?<percent>[0-9]{1,2})%=(?<group>.+)\z", RegexOptions.Singleline)]
    private static partial Regex Share();
}
