using System.Text.RegularExpressions;

namespace Picket.Core.Intelligence.Formats;

/// <summary>CISA's catalogue of known exploited vulnerabilities.</summary>
internal static partial class CisaKevFeed
{
    /// <summary>Required actions are paragraphs; what is shown next to a finding is their beginning.</summary>
    private const int LongestAction = 600;

    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(FeedFormat.CisaKev, content, origin, JsonTree.Read, Read);

    private static FeedBody? Read(FeedNode root, FeedErrors errors)
    {
        if (!errors.IsMap(root, "The catalogue"))
        {
            return null;
        }

        var entries = new List<KnownExploited>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var duplicates = 0;
        foreach (var node in errors.List(root, "vulnerabilities", required: true))
        {
            if (!errors.IsMap(node, "A vulnerability") || ReadEntry(node, errors) is not { } entry)
            {
                continue;
            }

            if (seen.Add(entry.Cve))
            {
                entries.Add(entry);
            }
            else
            {
                duplicates++;
            }
        }

        var content = new FeedContent(FeedReading.Unsourced)
        {
            Exploited = entries,
            Entries = entries.Count + duplicates,
            Duplicates = duplicates,
        };
        return new FeedBody(content, errors.Text(root, "catalogVersion"), errors.Date(root, "dateReleased"));
    }

    private static KnownExploited? ReadEntry(FeedNode node, FeedErrors errors)
    {
        if (errors.Text(node, "cveID", required: true) is not { } cve)
        {
            return null;
        }

        if (!CveId().IsMatch(cve))
        {
            errors.Add(node["cveID"]!, $"'{FeedDates.Shorten(cve)}' is not a CVE id.");
            return null;
        }

        return new KnownExploited(
            cve,
            errors.Text(node, "vendorProject") ?? "",
            errors.Text(node, "product") ?? "",
            errors.Text(node, "vulnerabilityName") ?? "",
            errors.Date(node, "dateAdded"),
            errors.Date(node, "dueDate"),
            node["requiredAction"] is { Kind: FeedNodeKind.Text } action ? Begin(action.Text) : null,
            errors.Text(node, "knownRansomwareCampaignUse") is "Known"
        );
    }

    private static string Begin(string text) => text.Length <= LongestAction ? text : text[..LongestAction] + "…";

    [GeneratedRegex("^CVE-[0-9]{4}-[0-9]{4,}$", RegexOptions.CultureInvariant)]
    private static partial Regex CveId();
}
