namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// stalkerware-indicators: <c>ioc.yaml</c> and <c>watchware.yaml</c>. Entries of the latter say so in their
/// <c>type</c>; the lists and <c>c2</c> have some irregular names, which are read as what they mean.
/// </summary>
internal static class StalkerwareFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(
            FeedFormat.StalkerwareIndicators,
            content,
            origin,
            bytes => YamlTree.Read(bytes),
            (root, errors) => Read(root, errors)
        );

    private static FeedBody? Read(FeedNode root, FeedErrors errors)
    {
        if (!errors.IsList(root, "The file"))
        {
            return null;
        }

        var indicators = new IndicatorSet(errors);
        foreach (var entry in root.Items)
        {
            if (errors.IsMap(entry, "An entry") && errors.Text(entry, "name", required: true) is { } name)
            {
                ReadEntry(entry, new Family(name, ClassOf(entry, errors)), errors, indicators);
            }
        }

        var content = new FeedContent(FeedReading.Unsourced)
        {
            Indicators = indicators.All,
            Entries = root.Items.Count,
            Duplicates = indicators.Duplicates,
        };
        return new FeedBody(content, null, null);
    }

    private static ThreatClass ClassOf(FeedNode entry, FeedErrors errors)
    {
        switch (errors.Text(entry, "type"))
        {
            case "watchware":
                return ThreatClass.Watchware;
            case "stalkerware" or null:
                return ThreatClass.Stalkerware;
            case var other:
                errors.Add(entry["type"]!, $"'{FeedDates.Shorten(other)}' is neither stalkerware nor watchware.");
                return default;
        }
    }

    private static void ReadEntry(FeedNode entry, Family family, FeedErrors errors, IndicatorSet set)
    {
        AddAll(entry, "packages", IndicatorKind.AppId, IndicatorPlatform.Android);
        AddAll(entry, "ios_bundles", IndicatorKind.AppId, IndicatorPlatform.Apple);
        AddAll(entry, "certificates", IndicatorKind.AppCertificateSha1, IndicatorPlatform.Android);
        AddAll(entry, "certificate_organizations", IndicatorKind.AppCertificateName, IndicatorPlatform.Android);
        AddAll(entry, "certificate_cname_re", IndicatorKind.AppCertificateName, IndicatorPlatform.Android);
        AddAll(entry, "websites", IndicatorKind.Domain, IndicatorPlatform.Any);
        AddAll(entry, "distribution", IndicatorKind.Domain, IndicatorPlatform.Any);
        if (entry["c2"] is { } servers && errors.IsMap(servers, "'c2'"))
        {
            AddAll(servers, "domains", IndicatorKind.Domain, IndicatorPlatform.Any);
            AddAll(servers, "ips", IndicatorKind.IpAddress, IndicatorPlatform.Any);
            AddAll(servers, "ip", IndicatorKind.IpAddress, IndicatorPlatform.Any);
        }

        void AddAll(FeedNode parent, string name, IndicatorKind kind, IndicatorPlatform platform)
        {
            foreach (var (node, value) in errors.Texts(parent, name))
            {
                set.Add(node, Make(family, kind, value, platform));
            }
        }
    }

    private static Indicator Make(Family family, IndicatorKind kind, string value, IndicatorPlatform platform)
    {
        var id = $"{(platform is IndicatorPlatform.Apple ? "apple" : "android")}:{kind}:{value}";
        return new Indicator(
            id,
            kind,
            value,
            platform,
            family.Name,
            family.Class,
            IndicatorValues.UsualConfidence(kind),
            family.Name
        );
    }

    private sealed record Family(string Name, ThreatClass Class);
}
