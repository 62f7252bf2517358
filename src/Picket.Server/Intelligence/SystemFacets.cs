using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Server.Inventory;

namespace Picket.Server.Intelligence;

/// <summary>
/// Indicators of versions, patch levels and models against what devices report. A fleet has few different values of each,
/// so they are read once with their counts, and ranges are tried in memory.
/// </summary>
internal sealed class SystemFacets
{
    private readonly List<VersionFacet> versions = [];
    private readonly List<PatchFacet> patchLevels = [];
    private readonly List<ModelFacet> models = [];

    private SystemFacets() { }

    /// <summary>Reads only what one of the indicators asks for.</summary>
    public static async Task<SystemFacets> OfAsync(
        IQueryable<DeviceRow> devices,
        IReadOnlyCollection<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var facets = new SystemFacets();
        if (indicators.Any(indicator => indicator.Kind is IndicatorKind.OsVersion))
        {
            facets.versions.AddRange(
                await devices
                    .Where(row => row.OsVersion != null)
                    .GroupBy(row => new { row.Platform, row.OsVersion })
                    .Select(group => new VersionFacet(group.Key.Platform, group.Key.OsVersion!, group.Count()))
                    .ToListAsync(cancellation)
            );
        }

        if (indicators.Any(indicator => indicator.Kind is IndicatorKind.PatchLevel))
        {
            facets.patchLevels.AddRange(
                await devices
                    .Where(row => row.SecurityPatchDate != null)
                    .GroupBy(row => new { row.Platform, row.SecurityPatchDate })
                    .Select(group => new PatchFacet(group.Key.Platform, group.Key.SecurityPatchDate, group.Count()))
                    .ToListAsync(cancellation)
            );
        }

        if (indicators.Any(indicator => indicator.Kind is IndicatorKind.DeviceModel))
        {
            facets.models.AddRange(
                await devices
                    .GroupBy(row => new
                    {
                        row.Platform,
                        row.ModelIdentifier,
                        row.Model,
                    })
                    .Select(group => new ModelFacet(
                        group.Key.Platform,
                        group.Key.ModelIdentifier,
                        group.Key.Model,
                        group.Count()
                    ))
                    .ToListAsync(cancellation)
            );
        }

        return facets;
    }

    /// <summary>How many of the devices it matches.</summary>
    public int Count(Indicator indicator) => Count(IndexOf([indicator]));

    /// <summary>Those of the devices that one of the indicators matches.</summary>
    public IQueryable<DeviceRow> Where(IQueryable<DeviceRow> devices, IReadOnlyCollection<Indicator> indicators)
    {
        var index = IndexOf(indicators);
        // Two columns as one text: the pairs that match are no product of two lists.
        var ofVersions = versions
            .Where(each => Matches(index, each))
            .Select(each => each.Platform + "|" + each.Version)
            .ToList();
        var levels = patchLevels.Where(each => Matches(index, each)).ToList();
        var (days, platforms) = (
            levels.Select(each => each.Level).Distinct().ToList(),
            levels.Select(each => each.Platform).Distinct().ToList()
        );
        var ofModels = models
            .Where(each => Matches(index, each))
            .Select(each => $"{each.Platform}|{each.Identifier}|{each.Name}")
            .ToList();
        return devices.Where(row =>
            ofVersions.Contains((row.Platform ?? "") + "|" + row.OsVersion)
            || (days.Contains(row.SecurityPatchDate) && platforms.Contains(row.Platform))
            || ofModels.Contains((row.Platform ?? "") + "|" + (row.ModelIdentifier ?? "") + "|" + (row.Model ?? ""))
        );
    }

    private int Count(IndicatorIndex index) =>
        versions.Where(each => Matches(index, each)).Sum(each => each.Devices)
        + patchLevels.Where(each => Matches(index, each)).Sum(each => each.Devices)
        + models.Where(each => Matches(index, each)).Sum(each => each.Devices);

    private static IndicatorIndex IndexOf(IReadOnlyCollection<Indicator> indicators) =>
        IndicatorIndex.Build([new FeedContent(OwnSource.Of("", null)) { Indicators = [.. indicators] }]);

    private static bool Matches(IndicatorIndex index, VersionFacet facet) =>
        OsVersion.TryParse(facet.Version, out var version)
        && index.MatchVersion(DevicePlatforms.Recognise(facet.Platform), version).Any();

    private static bool Matches(IndicatorIndex index, PatchFacet facet) =>
        DevicePlatforms.Recognise(facet.Platform) is DevicePlatform.Android and var android
        && facet.Level is { } level
        && index.MatchPatchLevel(android, level).Any();

    private static bool Matches(IndicatorIndex index, ModelFacet facet) =>
        index.MatchModel(DevicePlatforms.Recognise(facet.Platform), facet.Identifier, facet.Name).Count > 0;

    private sealed record VersionFacet(string? Platform, string Version, int Devices);

    private sealed record PatchFacet(string? Platform, DateOnly? Level, int Devices);

    private sealed record ModelFacet(string? Platform, string? Identifier, string? Name, int Devices);
}
