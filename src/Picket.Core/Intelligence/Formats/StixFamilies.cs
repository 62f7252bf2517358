namespace Picket.Core.Intelligence.Formats;

/// <summary>Names of malware by the indicators that indicate it.</summary>
internal sealed class StixFamilies
{
    private readonly Dictionary<string, FeedNode> _malware = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _indicated = new(StringComparer.Ordinal);

    public static StixFamilies Read(IReadOnlyList<FeedNode> objects, FeedErrors errors)
    {
        var families = new StixFamilies();
        foreach (var node in objects)
        {
            switch (errors.Text(node, "type", required: true))
            {
                case "malware" or "tool" when errors.Text(node, "id", required: true) is { } id:
                    families._malware[id] = node;
                    break;
                case "relationship" when errors.Text(node, "relationship_type") is "indicates":
                    families.Relate(node, errors);
                    break;
            }
        }

        return families;
    }

    /// <summary>An indicator that nothing is said about belongs to the only malware of the bundle, if there is one.</summary>
    public (string Family, ThreatClass Class) Of(string indicator, string fallback)
    {
        var node =
            _indicated.TryGetValue(indicator, out var target) && _malware.TryGetValue(target, out var related) ? related
            : _malware.Count == 1 ? _malware.Values.First()
            : null;
        return node is null ? (fallback, ThreatClass.Malware) : (node["name"]?.Text ?? fallback, ClassOf(node));
    }

    private void Relate(FeedNode node, FeedErrors errors)
    {
        if (
            errors.Text(node, "source_ref", required: true) is { } source
            && errors.Text(node, "target_ref", required: true) is { } target
        )
        {
            _indicated.TryAdd(source, target);
        }
    }

    private static ThreatClass ClassOf(FeedNode malware) =>
        malware["malware_types"]?.Items.Any(type => type.Text is "spyware") is true
            ? ThreatClass.Spyware
            : ThreatClass.Malware;
}
