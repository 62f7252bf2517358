using Picket.Core.Devices;

namespace Picket.Core.Intelligence.Formats;

/// <summary>endoflife release data: versions with dates. Only the file's name tells the product (<c>ipados.json</c>).</summary>
internal static class EndOfLifeReleasesFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(
            FeedFormat.EndOfLifeReleases,
            content,
            origin,
            JsonTree.Read,
            (root, errors) => Read(root, errors, EndOfLifeProducts.PlatformOf(origin))
        );

    private static FeedBody? Read(FeedNode root, FeedErrors errors, DevicePlatform? platform)
    {
        if (platform is not { } known)
        {
            errors.Add(
                root,
                "The file does not say which product it is about: name it ios.json, ipados.json or android.json."
            );
            return null;
        }

        if (!errors.IsMap(root, "The file") || root["versions"] is not { } versions)
        {
            errors.Add(root, "'versions' is missing.");
            return null;
        }

        var releases = new List<OsRelease>();
        if (errors.IsMap(versions, "'versions'"))
        {
            foreach (var (name, node) in versions.Members)
            {
                ReadVersion(name, node, known, errors, releases);
            }
        }

        var content = new FeedContent(FeedReading.Unsourced) { Releases = releases, Entries = versions.Members.Count };
        return new FeedBody(content, null, releases.Max(release => release.Released));
    }

    private static void ReadVersion(
        string name,
        FeedNode node,
        DevicePlatform platform,
        FeedErrors errors,
        List<OsRelease> releases
    )
    {
        if (!errors.IsMap(node, $"Version '{FeedDates.Shorten(name)}'"))
        {
            return;
        }

        if (!OsVersion.TryParse(errors.Text(node, "name") ?? name, out var version))
        {
            errors.Add(node, $"'{FeedDates.Shorten(name)}' is not a version.");
            return;
        }

        var train = version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var date = errors.Date(node, "date");
        releases.Add(new OsRelease(train, version, [platform], date, new HashSet<string>(), [], [], false));
    }
}
