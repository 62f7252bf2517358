namespace Picket.Api;

// Memory: who had it, what a verdict rests on, and what was not seen.
public static partial class Routes
{
    /// <summary>
    /// GET: page of <see cref="SavedHunt"/>. POST <see cref="SaveHunt"/>: 201 with <see cref="SavedHunt"/>; it has run once
    /// then. 409 for a name that is taken, and beyond 100 hunts.
    /// </summary>
    public const string Hunts = Prefix + "/hunts";

    /// <summary>
    /// GET: <see cref="HuntAnswer"/>; query <c>kind</c> (<see cref="HuntKind"/>) and <c>value</c>. 400 for a value that is
    /// not understood. Where personal apps are found, the audit notes who asked.
    /// </summary>
    public const string HuntAnswer = Hunts + "/answer";

    /// <summary>GET: page of <see cref="HuntHit"/>; query as <see cref="HuntAnswer"/>, <c>state</c> (<see cref="HuntState"/>), <c>cursor</c>, <c>limit</c>.</summary>
    public const string HuntAnswerDevices = HuntAnswer + "/devices";

    /// <summary>GET: <see cref="SavedHunt"/>. DELETE: 204.</summary>
    public const string Hunt = Hunts + "/{id}";

    /// <summary>POST: runs it now; <see cref="SavedHunt"/>.</summary>
    public const string HuntRun = Hunt + "/run";

    /// <summary>POST: what is new was looked at; <see cref="SavedHunt"/>.</summary>
    public const string HuntLooked = Hunt + "/looked";

    /// <summary>GET: page of <see cref="HuntHit"/>; query <c>state</c> (<see cref="HuntState"/>), <c>cursor</c>, <c>limit</c>.</summary>
    public const string HuntDevices = Hunt + "/devices";

    /// <summary>
    /// GET: page of <see cref="FeedHuntRow"/>, all in one, at most 500: the indicators that a version of the feed added
    /// (query <c>version</c>; the one in force when absent) and that a device has or had. 404 when there is no such version.
    /// </summary>
    public const string FeedHunt = Feed + "/hunt";

    /// <summary>GET: <see cref="EvidenceFile"/>. Noted in the audit.</summary>
    public const string DeviceEvidence = Device + "/evidence";

    /// <summary>
    /// POST <see cref="EvidenceFile"/>: judges its facts again by the stored versions of its feeds at the time of its
    /// verdict; <see cref="EvidenceCheck"/>. 400 for a file that cannot be read. Stores nothing.
    /// </summary>
    public const string EvidenceCheck = Prefix + "/evidence/check";

    /// <summary>GET: <see cref="BlindSpotsView"/>.</summary>
    public const string BlindSpots = Prefix + "/blind-spots";

    /// <summary>GET: page of <see cref="RetentionView"/>, all in one.</summary>
    public const string Retention = Prefix + "/retention";
}
