namespace Picket.Core.Preparation;

/// <summary>How features are called in reports.</summary>
public static class FeatureNames
{
    public static string Of(PicketFeature feature) =>
        feature switch
        {
            PicketFeature.Inventory => "Reading the fleet",
            PicketFeature.Tagging => "Tagging",
            PicketFeature.Registration => "Registering users and devices",
            PicketFeature.AppDeployment => "Deploying apps",
            PicketFeature.EnterpriseWipe => "Enterprise wipe",
            _ => "Nothing",
        };

    /// <summary>"Tagging is off: needs Settings > Tags (Read and Edit) and Device Management > Bulk Management (Edit)."</summary>
    public static string Off(PicketFeature feature)
    {
        var needs = RightsCatalogue
            .Rows.Where(row => row.Feature == feature)
            .GroupBy(row => row.ConsolePath)
            .Select(rows => $"{rows.Key} ({string.Join(" and ", rows.Select(row => row.Access).Order())})");
        return $"{Of(feature)} is off: needs {Sentence([.. needs])}.";
    }

    private static string Sentence(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
