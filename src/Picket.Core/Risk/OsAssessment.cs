using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>What the feeds say about one (platform, model, version). The day is not in it: ages are taken later.</summary>
/// <param name="IsCovered">False: no loaded feed knows releases of this platform's train.</param>
/// <param name="Missing">Newer releases of the same train that the model can install, oldest first.</param>
/// <param name="MissingCves">How many CVEs are fixed in these.</param>
/// <param name="Exploited">Those among them that are exploited.</param>
/// <param name="NewestForModel">The newest release of any train that the model can install.</param>
/// <param name="TrainGoesOnWithout">The train is still patched, but no longer for this model.</param>
public sealed record OsAssessment(
    bool IsCovered,
    IReadOnlyList<OsRelease> Missing,
    int MissingCves,
    IReadOnlyList<ExploitedCve> Exploited,
    OsRelease? NewestForModel,
    bool TrainGoesOnWithout,
    OsTrain? Train,
    HardwareSupport? Hardware
)
{
    /// <summary>A feed states models, and the device's own could not be told, or is none that the feed has heard of.</summary>
    public bool ModelIsUnclear { get; init; }

    public FeedSource? ReleaseSource { get; init; }

    /// <summary>
    /// Exploited CVEs that only later trains fix, which the model can install: fixed after the newest release of its own
    /// train that it has or lacks, and not in the train up to its version.
    /// </summary>
    public IReadOnlyList<ExploitedCve> LaterExploited { get; init; } = [];

    /// <summary>The feed that tells of these.</summary>
    public FeedSource? LaterSource { get; init; }

    /// <summary>Whether the feed of the train's releases tells what they fix, or only their dates.</summary>
    public bool NamesCves { get; init; }

    /// <summary>Releases are lacking, or may be, of which no feed tells what they fix.</summary>
    public bool LacksUntoldFixes { get; init; }

    public FeedSource? TrainSource { get; init; }

    public FeedSource? HardwareSource { get; init; }

    /// <summary>The newest release of the train for any model: shows whether it is still cared for.</summary>
    public OsRelease? NewestInTrain { get; init; }

    public bool HasLaterTrain { get; init; }

    /// <summary>No release of any train that the feed knows runs on the model.</summary>
    public bool ModelIsLeftBehind { get; init; }
}
