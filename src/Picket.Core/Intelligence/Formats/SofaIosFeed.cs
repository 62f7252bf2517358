using Picket.Core.Devices;

namespace Picket.Core.Intelligence.Formats;

/// <summary>SOFA v2, iOS and iPadOS: releases with their models, CVEs and exploited CVEs.</summary>
internal static class SofaIosFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(FeedFormat.SofaIos, content, origin, JsonTree.Read, Read);

    private static FeedBody? Read(FeedNode root, FeedErrors errors)
    {
        if (!errors.IsMap(root, "The feed"))
        {
            return null;
        }

        var version = errors.Text(root, "Version");
        if (version is not null && !version.StartsWith("2.", StringComparison.Ordinal))
        {
            errors.Add(root["Version"]!, $"This is version {FeedDates.Shorten(version)} of the format; 2 is read.");
            return null;
        }

        var releases = new List<OsRelease>();
        foreach (var train in errors.List(root, "OSVersions", required: true))
        {
            ReadTrain(train, errors, releases);
        }

        var content = new FeedContent(FeedReading.Unsourced)
        {
            Releases = releases,
            ModelNames = ReadModels(root, errors),
            Entries = releases.Count,
        };
        return new FeedBody(content, errors.Text(root, "UpdateHash"), errors.Date(root, "LastCheck"));
    }

    private static void ReadTrain(FeedNode node, FeedErrors errors, List<OsRelease> releases)
    {
        if (!errors.IsMap(node, "A train") || errors.Text(node, "OSVersion", required: true) is not { } train)
        {
            return;
        }

        // A release that was published twice (for two groups of models) stands twice.
        foreach (var release in errors.List(node, "SecurityReleases", required: true))
        {
            if (errors.IsMap(release, "A release") && ReadRelease(release, train, errors) is { } read)
            {
                releases.Add(read);
            }
        }
    }

    private static OsRelease? ReadRelease(FeedNode node, string train, FeedErrors errors)
    {
        if (errors.Text(node, "ProductVersion", required: true) is not { } text)
        {
            return null;
        }

        if (!OsVersion.TryParse(text, out var version))
        {
            errors.Add(node["ProductVersion"]!, $"'{FeedDates.Shorten(text)}' is not a version.");
            return null;
        }

        return new OsRelease(
            train,
            version,
            PlatformsOf(errors.Text(node, "UpdateName") ?? ""),
            errors.Date(node, "ReleaseDate"),
            errors.Texts(node, "SupportedDevices").Select(model => model.Text).ToHashSet(StringComparer.Ordinal),
            ReadCves(node, errors),
            [.. errors.Texts(node, "ActivelyExploitedCVEs").Select(cve => cve.Text)],
            errors.Text(node, "DeviceScope") is "device-specific"
        )
        {
            Link = errors.Text(node, "SecurityInfo"),
        };
    }

    private static List<string> ReadCves(FeedNode node, FeedErrors errors) =>
        node["CVEs"] is { } cves && errors.IsMap(cves, "'CVEs'") ? [.. cves.Members.Keys] : [];

    /// <summary>"iPadOS 17.7.3" went to iPads alone, "iOS 18.6.1" to iPhones alone; both names, or none: to both.</summary>
    private static IReadOnlyList<DevicePlatform> PlatformsOf(string updateName)
    {
        var tablets = updateName.Contains("iPadOS", StringComparison.Ordinal);
        var phones = updateName.Contains("iOS", StringComparison.Ordinal);
        return tablets == phones ? [DevicePlatform.Ios, DevicePlatform.Ipados]
            : tablets ? [DevicePlatform.Ipados]
            : [DevicePlatform.Ios];
    }

    private static Dictionary<string, string> ReadModels(FeedNode root, FeedErrors errors)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root["Devices"] is not { } devices || !errors.IsMap(devices, "'Devices'"))
        {
            return names;
        }

        foreach (var (model, device) in devices.Members)
        {
            if (errors.IsMap(device, "A device") && errors.Text(device, "MarketingName") is { } name)
            {
                names[model] = name;
            }
        }

        return names;
    }
}
