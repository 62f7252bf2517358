using System.Globalization;

namespace Picket.Core.Intelligence.Formats;

/// <summary>
/// STIX 2.1 bundles as mobile forensics tools write them. Indicators that a UEM cannot test are kept and marked so; the
/// family is the malware that a relationship names.
/// </summary>
internal static class StixFeed
{
    public static FeedParse Parse(ReadOnlyMemory<byte> content, FeedOrigin origin) =>
        FeedReading.Read(
            FeedFormat.Stix21,
            content,
            origin,
            JsonTree.Read,
            (root, errors) => Read(root, errors, origin)
        );

    private static FeedBody? Read(FeedNode root, FeedErrors errors, FeedOrigin origin)
    {
        if (!errors.IsMap(root, "The bundle"))
        {
            return null;
        }

        if (errors.Text(root, "type", required: true) is not (null or "bundle"))
        {
            errors.Add(root["type"]!, "A STIX file must be a bundle.");
            return null;
        }

        var objects = errors
            .List(root, "objects", required: true)
            .Where(node => errors.IsMap(node, "An object"))
            .ToList();
        var families = StixFamilies.Read(objects, errors);
        var indicators = new IndicatorSet(errors);
        DateOnly? newest = null;
        foreach (var node in objects.Where(node => node["type"]?.Text is "indicator"))
        {
            ReadIndicator(node, errors, families, indicators, origin.Name);
            var modified = errors.Date(node, "modified");
            newest = modified > newest || newest is null ? modified : newest;
        }

        var content = new FeedContent(FeedReading.Unsourced)
        {
            Indicators = indicators.All,
            Entries = objects.Count,
            Duplicates = indicators.Duplicates,
        };
        return new FeedBody(content, null, newest);
    }

    private static void ReadIndicator(
        FeedNode node,
        FeedErrors errors,
        StixFamilies families,
        IndicatorSet indicators,
        string feed
    )
    {
        if (
            errors.Text(node, "id", required: true) is not { } id
            || errors.Text(node, "pattern", required: true) is not { } pattern
            || node["revoked"]?.Text is "true"
        )
        {
            return;
        }

        var comparisons = ReadPattern(node, pattern, errors);
        var (family, threat) = families.Of(id, errors.Text(node, "name") ?? feed);
        foreach (var comparison in comparisons)
        {
            indicators.Add(
                node["pattern"]!,
                new Indicator(
                    comparisons.Count == 1 ? id : $"{id}#{comparison.Kind}:{comparison.Value}",
                    comparison.Kind,
                    comparison.Value,
                    IndicatorWords.UsualPlatform(comparison.Kind),
                    family,
                    threat,
                    ConfidenceOf(node) ?? IndicatorValues.UsualConfidence(comparison.Kind),
                    id
                )
                {
                    ValidUntil = ValidUntil(node, errors),
                }
            );
        }
    }

    private static IReadOnlyList<StixComparison> ReadPattern(FeedNode node, string pattern, FeedErrors errors)
    {
        if (node["pattern_type"]?.Text is not (null or "stix"))
        {
            return [new StixComparison(IndicatorKind.Compound, pattern)];
        }

        if (StixPattern.TryParse(pattern, out var comparisons, out var column))
        {
            return comparisons;
        }

        errors.Add(node["pattern"]!, $"The pattern '{FeedDates.Shorten(pattern)}' breaks at its character {column}.");
        return [];
    }

    /// <summary>What the feed says of itself, in hundredths.</summary>
    private static Confidence? ConfidenceOf(FeedNode node) =>
        !int.TryParse(node["confidence"]?.Text, CultureInfo.InvariantCulture, out var percent) ? null
        : percent < 30 ? Confidence.Low
        : percent < 70 ? Confidence.Medium
        : Confidence.High;

    private static DateTimeOffset? ValidUntil(FeedNode node, FeedErrors errors)
    {
        if (errors.Text(node, "valid_until") is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
        {
            return until;
        }

        errors.Add(node["valid_until"]!, $"'valid_until' must be a time; it is '{FeedDates.Shorten(text)}'.");
        return null;
    }
}
