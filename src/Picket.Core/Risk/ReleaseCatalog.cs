using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// Releases by train. A feed that names CVEs and models goes before one that only knows dates; the latter covers the
/// trains that the former has given up. Of two feeds of one kind the newest, given first, is followed.
/// </summary>
internal sealed class ReleaseCatalog
{
    private readonly List<FeedContent> _detailed;
    private readonly List<FeedContent> _dated;
    private readonly Dictionary<string, string> _modelByName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OsRelease> _newestByModel = new(StringComparer.Ordinal);

    public ReleaseCatalog(IReadOnlyList<FeedContent> feeds)
    {
        _detailed = feeds.Where(feed => feed.Source.Format is FeedFormat.SofaIos).ToList();
        _dated = feeds.Where(feed => feed.Source.Format is FeedFormat.EndOfLifeReleases).ToList();
        foreach (var (model, name) in _detailed.SelectMany(feed => feed.ModelNames))
        {
            _models.Add(model);
            _modelByName.TryAdd(ModelNames.Normalise(name), model);
        }

        foreach (var release in _detailed.SelectMany(feed => feed.Releases).OrderBy(release => release.Version))
        {
            foreach (var model in release.Models)
            {
                _models.Add(model);
                _newestByModel[model] = release;
            }
        }
    }

    public bool StatesModels => _newestByModel.Count > 0;

    /// <summary>Whether a feed has heard of the model, be it that no release is for it any more.</summary>
    public bool Names(string model) => _models.Contains(model);

    public OsRelease? NewestStatedFor(string model) => _newestByModel.GetValueOrDefault(model);

    /// <summary>Apple's identifier, from itself or from the name people know; null when neither is recognised.</summary>
    public string? Identify(string? model, string? modelName)
    {
        if (ModelNames.IsAppleIdentifier(model))
        {
            return model;
        }

        if (ModelNames.IsAppleIdentifier(modelName))
        {
            return modelName;
        }

        return ByName(modelName) ?? ByName(model);
    }

    public (IReadOnlyList<OsRelease> Releases, FeedSource? Source) Train(DevicePlatform? platform, int train)
    {
        foreach (var feed in _detailed.Concat(_dated))
        {
            var releases = feed.Releases.Where(release => release.Version.Major == train && IsFor(release, platform));
            if (releases.ToList() is { Count: > 0 } found)
            {
                return (found, feed.Source);
            }
        }

        return ([], null);
    }

    /// <summary>Releases of the trains after one, up to another, that came out after a day.</summary>
    public (IReadOnlyList<OsRelease> Releases, FeedSource? Source) After(
        DevicePlatform? platform,
        int train,
        int last,
        DateOnly day
    )
    {
        var trains = Enumerable
            .Range(train + 1, Math.Max(0, last - train))
            .Select(later => Train(platform, later))
            .Where(later => later.Releases.Count > 0)
            .ToList();
        var releases = trains.SelectMany(later => later.Releases).Where(release => release.Released > day);
        return (releases.ToList(), trains.Count == 0 ? null : trains[^1].Source);
    }

    public bool HasLaterRelease(DevicePlatform? platform, int train, DateOnly day) =>
        _dated
            .SelectMany(feed => feed.Releases)
            .Any(release => release.Version.Major > train && release.Released > day && IsFor(release, platform));

    public bool HasLaterTrain(DevicePlatform? platform, int train) =>
        _detailed
            .Concat(_dated)
            .SelectMany(feed => feed.Releases)
            .Any(release => release.Version.Major > train && IsFor(release, platform));

    private string? ByName(string? name) =>
        name is null ? null : _modelByName.GetValueOrDefault(ModelNames.Normalise(name));

    private static bool IsFor(OsRelease release, DevicePlatform? platform) =>
        platform is not { } known || release.Platforms.Contains(known);
}
