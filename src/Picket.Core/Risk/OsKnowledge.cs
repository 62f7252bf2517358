using System.Collections.Concurrent;
using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// All that the feeds in force say about operating systems and hardware. A fleet has few combinations of model and
/// version, so each answer is worked out once and remembered.
/// </summary>
public sealed class OsKnowledge
{
    public static readonly OsKnowledge Empty = Build([]);

    /// <summary>Bounds the memo against a UEM that reports a different version for every device.</summary>
    private const int LargestMemo = 20_000;

    private readonly ConcurrentDictionary<Question, OsAssessment> _memo = new();
    private readonly ReleaseCatalog _releases;
    private readonly SupportCatalog _support;
    private readonly Dictionary<string, KnownExploited> _exploited;
    private readonly PatchCatalog _patches;
    private int _remembered;

    private OsKnowledge(IReadOnlyCollection<FeedContent> loaded)
    {
        // Where feeds say different things, the newest is heard first. One without a date may be of any day. Of equals the
        // name decides, so that the order in which they are read does not.
        var feeds = loaded
            .OrderByDescending(feed => feed.Source.Date ?? DateOnly.MinValue)
            .ThenBy(feed => feed.Source.Name, StringComparer.Ordinal)
            .ThenBy(feed => feed.Source.Version, StringComparer.Ordinal)
            .ToList();
        Disagreements = FeedDisagreement.Between(feeds);
        _releases = new ReleaseCatalog(feeds);
        _support = new SupportCatalog(feeds);
        _exploited = feeds
            .SelectMany(feed => feed.Exploited)
            .GroupBy(entry => entry.Cve, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        _patches = new PatchCatalog(feeds, cves => InCatalogue(cves.Where(_exploited.ContainsKey)));
    }

    public bool KnowsAndroidFixes => !_patches.IsEmpty;

    public IReadOnlyList<FeedDisagreement> Disagreements { get; }

    public static OsKnowledge Build(IReadOnlyCollection<FeedContent> feeds) => new(feeds);

    /// <param name="platform">Null leaves aside for which of the platforms a release was made.</param>
    /// <param name="model">Apple's identifier. Null: found by the name, or left aside.</param>
    /// <param name="modelName">The name people know.</param>
    public OsAssessment Assess(DevicePlatform? platform, string? model, string? modelName, OsVersion version)
    {
        var question = new Question(platform, model, modelName, version);
        if (_memo.TryGetValue(question, out var known))
        {
            return known;
        }

        var answer = Answer(question);
        if (Interlocked.Increment(ref _remembered) <= LargestMemo)
        {
            _memo.TryAdd(question, answer);
        }

        return answer;
    }

    /// <summary>What a version of Android lacks at a patch level; null when no feed knows the version.</summary>
    public PatchAssessment? AssessPatch(OsVersion version, DateOnly patchLevel) => _patches.Assess(version, patchLevel);

    public KnownExploited? Exploited(string cve) => _exploited.GetValueOrDefault(cve);

    private OsAssessment Answer(Question question)
    {
        var (platform, version) = (question.Platform, question.Version);
        var model = _releases.Identify(question.Model, question.ModelName);
        var (train, trainSource) = _support.TrainOf(platform, version);
        var (hardware, hardwareSource) = _support.HardwareOf(question.ModelName, question.Model);
        var released = _releases.Train(platform, version.Major);
        var missing = released
            .Releases.Where(release => release.Version > version && release.RunsOn(platform, model))
            .OrderBy(release => release.Version)
            .ToList();
        var newest = model is null ? null : _releases.NewestStatedFor(model);
        var isLeftBehind = model is not null && newest is null && _releases.StatesModels;
        var namesCves = released.Source?.Format is FeedFormat.SofaIos;
        var exploited = ExploitedIn(missing);
        var since = Since(released.Releases, namesCves ? missing : [], version);
        var later = LaterThan(question, model, newest, since);
        return new OsAssessment(
            released.Releases.Count > 0 || train is not null && platform is DevicePlatform.Android,
            missing,
            missing.SelectMany(release => release.Cves).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            exploited,
            newest,
            GoesOnWithout(released.Releases, model, newest, version),
            train,
            hardware
        )
        {
            ReleaseSource = released.Source,
            LaterExploited = WithoutKnown(ExploitedIn(later.Releases), released.Releases, exploited, version),
            LaterSource = later.Source,
            NamesCves = namesCves,
            LacksUntoldFixes =
                released.Releases.Count > 0
                && !namesCves
                && (missing.Count > 0 || newest is null && !isLeftBehind && HasLaterRelease(question, since)),
            TrainSource = trainSource,
            HardwareSource = hardwareSource,
            NewestInTrain = released.Releases.MaxBy(release => release.Version),
            HasLaterTrain = _releases.HasLaterTrain(platform, version.Major),
            ModelIsUnclear = _releases.StatesModels && (model is null || IsUnheardOf(model, released.Releases)),
            ModelIsLeftBehind = isLeftBehind,
        };
    }

    /// <summary>
    /// When the newest release of its own train came out that it has or lacks: up to then the train tells what concerned it.
    /// Of a version that is older than all that are known, the first of them is later.
    /// </summary>
    private static DateOnly? Since(IReadOnlyList<OsRelease> train, IReadOnlyList<OsRelease> missing, OsVersion version)
    {
        var dated = train.Where(release => release.Released is not null).ToList();
        var had = dated.Where(release => release.Version <= version).MaxBy(release => release.Version);
        var known = (had ?? dated.MinBy(release => release.Version))?.Released;
        var lacked = missing.Max(release => release.Released);
        return lacked > known ? lacked : known;
    }

    private (IReadOnlyList<OsRelease> Releases, FeedSource? Source) LaterThan(
        Question question,
        string? model,
        OsRelease? newest,
        DateOnly? since
    )
    {
        if (model is null || newest is null || since is not { } day)
        {
            return ([], null);
        }

        var after = _releases.After(question.Platform, question.Version.Major, newest.Version.Major, day);
        return (after.Releases.Where(release => release.RunsOn(question.Platform, model)).ToList(), after.Source);
    }

    private bool HasLaterRelease(Question question, DateOnly? since) =>
        since is { } day && _releases.HasLaterRelease(question.Platform, question.Version.Major, day);

    /// <summary>What the train's own releases fixed up to the version is not lacking; what it lacks of them is counted there.</summary>
    private static List<ExploitedCve> WithoutKnown(
        List<ExploitedCve> later,
        IReadOnlyList<OsRelease> train,
        List<ExploitedCve> lacking,
        OsVersion version
    )
    {
        var known = train
            .Where(release => release.Version <= version)
            .SelectMany(release => release.Cves.Concat(release.ExploitedCves))
            .Concat(lacking.Select(cve => cve.Cve))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return later.Where(cve => !known.Contains(cve.Cve)).ToList();
    }

    /// <summary>
    /// A feed that does not name a model says nothing of what it lacks. Releases without models are for all of them.
    /// </summary>
    private bool IsUnheardOf(string model, IReadOnlyList<OsRelease> train) =>
        !_releases.Names(model) && train.Any(release => release.Models.Count > 0);

    private List<ExploitedCve> ExploitedIn(IEnumerable<OsRelease> missing) =>
        InCatalogue(
            missing.SelectMany(release => release.ExploitedCves.Concat(release.Cves.Where(_exploited.ContainsKey)))
        );

    private List<ExploitedCve> InCatalogue(IEnumerable<string> cves) =>
        cves.Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal)
            .Select(cve =>
                _exploited.TryGetValue(cve, out var entry)
                    ? new ExploitedCve(cve, entry.Due, entry.RequiredAction)
                    : new ExploitedCve(cve, null, null)
            )
            .ToList();

    /// <summary>
    /// Device-specific releases keep a train alive for models that can go no further; all others are expected to
    /// move on, and get nothing more in it.
    /// </summary>
    private static bool GoesOnWithout(
        IReadOnlyList<OsRelease> train,
        string? model,
        OsRelease? newest,
        OsVersion version
    )
    {
        if (model is null || newest is null || newest.Version.Major <= version.Major)
        {
            return false;
        }

        var last = train.Where(release => release.Models.Count > 0 && release.Cves.Count > 0).MaxBy(r => r.Version);
        return last is not null && !last.Models.Contains(model);
    }

    private readonly record struct Question(
        DevicePlatform? Platform,
        string? Model,
        string? ModelName,
        OsVersion Version
    );
}
