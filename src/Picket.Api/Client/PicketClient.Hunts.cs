namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Asks the history who has something, or had it.</summary>
    /// <param name="kind">What is looked for.</param>
    /// <param name="value">Its value; see <see cref="HuntKind"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<HuntAnswer> HuntAsync(HuntKind kind, string value, CancellationToken cancellationToken = default) =>
        GetAsync(
            new Query(Routes.HuntAnswer).Add("kind", kind).Add("value", value).ToString(),
            PicketApiJson.Default.HuntAnswer,
            cancellationToken
        );

    /// <summary>The devices that have it, or had it.</summary>
    /// <param name="kind">What is looked for.</param>
    /// <param name="value">Its value.</param>
    /// <param name="state">Which of them.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<HuntHit> HuntHits(
        HuntKind kind,
        string value,
        HuntState state = HuntState.Ever,
        string? cursor = null,
        int? limit = null
    ) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.HuntAnswerDevices).Add("kind", kind).Add("value", value).Add("state", state),
            PicketApiJson.Default.HuntHitPage
        );

    /// <summary>The saved hunts.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<SavedHunt> Hunts(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.Hunts), PicketApiJson.Default.SavedHuntPage);

    /// <summary>Saves a hunt and runs it once.</summary>
    /// <param name="hunt">What to look for, and why.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SavedHunt> SaveHuntAsync(SaveHunt hunt, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Hunts,
            hunt,
            PicketApiJson.Default.SaveHunt,
            PicketApiJson.Default.SavedHunt,
            cancellationToken
        );

    /// <summary>One saved hunt.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SavedHunt> HuntAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Hunt, id), PicketApiJson.Default.SavedHunt, cancellationToken);

    /// <summary>Runs a saved hunt now.</summary>
    /// <param name="id">The hunt.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SavedHunt> RunHuntAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.HuntRun, id), PicketApiJson.Default.SavedHunt, cancellationToken);

    /// <summary>Says that what is new was looked at.</summary>
    /// <param name="id">The hunt.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SavedHunt> LookedAtHuntAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.HuntLooked, id), PicketApiJson.Default.SavedHunt, cancellationToken);

    /// <summary>Removes a saved hunt.</summary>
    /// <param name="id">The hunt.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveHuntAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.Hunt, id), cancellationToken);

    /// <summary>The devices that a saved hunt finds.</summary>
    /// <param name="id">The hunt.</param>
    /// <param name="state">Which of them.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<HuntHit> HuntHits(
        Guid id,
        HuntState state = HuntState.Ever,
        string? cursor = null,
        int? limit = null
    ) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.Fill(Routes.HuntDevices, id)).Add("state", state),
            PicketApiJson.Default.HuntHitPage
        );

    /// <summary>Who has or had what a version of a feed added.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="version">The version; null for the one in force.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<FeedHuntRow>> HuntFeedAsync(
        Guid feed,
        Guid? version = null,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            new Query(Routes.Fill(Routes.FeedHunt, feed)).Add("version", version).ToString(),
            PicketApiJson.Default.FeedHuntPage,
            cancellationToken
        );

    /// <summary>The verdict of a device with all that it rests on.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<EvidenceFile> EvidenceAsync(Guid device, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DeviceEvidence, device), PicketApiJson.Default.EvidenceFile, cancellationToken);

    /// <summary>Judges the facts of a file again, and says whether the same verdict comes out.</summary>
    /// <param name="evidence">The file.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<EvidenceCheck> CheckEvidenceAsync(
        EvidenceFile evidence,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.EvidenceCheck,
            evidence,
            PicketApiJson.Default.EvidenceFile,
            PicketApiJson.Default.EvidenceCheck,
            cancellationToken
        );

    /// <summary>What verdicts rest on, and what they do not see.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<BlindSpotsView> BlindSpotCoverageAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.BlindSpots, PicketApiJson.Default.BlindSpotsView, cancellationToken);

    /// <summary>How long each kind of fact is kept.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<RetentionView>> RetentionAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Retention, PicketApiJson.Default.RetentionPage, cancellationToken);
}
