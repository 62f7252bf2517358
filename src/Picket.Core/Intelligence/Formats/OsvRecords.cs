using Picket.Core.Devices;

namespace Picket.Core.Intelligence.Formats;

/// <summary>Gathers the fixes of OSV records. Several rows may tell of one vulnerability: the latest fix counts.</summary>
internal sealed class OsvRecords(FeedErrors errors)
{
    private const string Development = "-next";

    private readonly Dictionary<(string, OsVersion), AndroidFix> _fixes = [];
    private int _records;
    private DateOnly? _newest;

    public void Add(FeedNode record)
    {
        if (!errors.IsMap(record, "A record") || errors.Text(record, "id", required: true) is not { } id)
        {
            return;
        }

        _records++;
        var modified = errors.Date(record, "modified");
        _newest = modified > _newest || _newest is null ? modified : _newest;
        if (record["withdrawn"] is not null)
        {
            return;
        }

        var names = NamesOf(record, id);
        foreach (var node in errors.List(record, "affected", required: true))
        {
            if (errors.IsMap(node, "An entry of 'affected'"))
            {
                AddRanges(node, names);
            }
        }
    }

    public FeedBody Body() =>
        new(new FeedContent(FeedReading.Unsourced) { Fixes = [.. _fixes.Values], Entries = _records }, null, _newest);

    /// <summary>What others know it by; a bulletin's own id where it has no CVE.</summary>
    private List<string> NamesOf(FeedNode record, string id)
    {
        if (record["aliases"] is { Items.Count: > FeedLimits.MostAliases } many)
        {
            errors.Add(many, $"'aliases' has {many.Items.Count} entries; at most {FeedLimits.MostAliases} are read.");
            return [];
        }

        var aliases = errors.Texts(record, "aliases").Select(alias => alias.Text);
        var cves = aliases.Where(alias => alias.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase)).ToList();
        return cves.Count > 0 ? cves : [id];
    }

    private void AddRanges(FeedNode affected, List<string> names)
    {
        if (
            affected["package"] is { } package
            && errors.IsMap(package, "'package'")
            && errors.Text(package, "ecosystem") is { } ecosystem
            && ecosystem != "Android"
        )
        {
            return;
        }

        foreach (var range in errors.List(affected, "ranges"))
        {
            if (errors.IsMap(range, "A range") && errors.Text(range, "type") is null or "ECOSYSTEM")
            {
                AddEvents(errors.List(range, "events", required: true), names);
            }
        }
    }

    /// <summary>Events come in order: introduced, then fixed. What has no fix, no update can mend.</summary>
    private void AddEvents(IReadOnlyList<FeedNode> events, List<string> names)
    {
        DateOnly? introduced = null;
        foreach (var node in events)
        {
            if (!errors.IsMap(node, "An event"))
            {
                continue;
            }

            if (errors.Text(node, "introduced") is { } begin)
            {
                introduced = ReadEvent(node, "introduced", begin)?.Day;
            }
            else if (errors.Text(node, "fixed") is { } end && ReadEvent(node, "fixed", end) is { Day: { } day } fix)
            {
                names.ForEach(name => Keep(node, new AndroidFix(name, fix.Version, introduced, day)));
            }
        }
    }

    /// <returns>Null where it is of no version of Android, or cannot be read.</returns>
    private (OsVersion Version, DateOnly? Day)? ReadEvent(FeedNode node, string name, string text)
    {
        var colon = text.LastIndexOf(':');
        if (!TryVersion(colon < 0 ? "" : text[..colon], out var version))
        {
            return null; // The kernel's rows have no version, those of chips have a name there.
        }

        if (text[(colon + 1)..] is "0")
        {
            return (version, null);
        }

        if (FeedDates.TryDate(text[(colon + 1)..], out var day))
        {
            return (version, day);
        }

        errors.Add(node[name]!, $"'{name}' must be VERSION:YYYY-MM-DD; it is '{FeedDates.Shorten(text)}'.");
        return null;
    }

    private static bool TryVersion(string text, out OsVersion version) =>
        OsVersion.TryParse(
            text.EndsWith(Development, StringComparison.Ordinal) ? text[..^Development.Length] : text,
            out version
        );

    private void Keep(FeedNode at, AndroidFix fix)
    {
        var key = (fix.Vulnerability, fix.Version);
        _fixes[key] = _fixes.TryGetValue(key, out var known) ? known.JoinedWith(fix) : fix;
        if (_fixes.Count > FeedLimits.MostFixes)
        {
            var message = $"There are more than {FeedLimits.MostFixes} fixes; no more are read. Split the file.";
            throw new FeedUnreadableException(new FeedError(at.Line, at.Column, message));
        }
    }
}
