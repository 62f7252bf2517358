namespace Picket.Api;

// Runs, and what they brought: the fleet, its findings, and the feeds that it is judged by.
public static partial class Routes
{
    /// <summary>GET: page of <see cref="RunView"/>, newest first, by <see cref="RunFilter"/>.</summary>
    public const string Runs = Prefix + "/runs";

    /// <summary>GET: <see cref="RunView"/>.</summary>
    public const string Run = Runs + "/{id}";

    /// <summary>
    /// GET: page of <see cref="RunRow"/> by <see cref="RunRowFilter"/>: the rows behind the numbers of a run. Beside the
    /// history of devices they are kept for 30 days. 400 for a kind that no run counts.
    /// </summary>
    public const string RunRows = Run + "/rows";

    /// <summary>POST: asks the run to stop at its next page; 409 when it is held or over.</summary>
    public const string RunCancel = Run + "/cancel";

    /// <summary>POST: lets a held run remove the devices that the UEM no longer lists; 409 when it is not held.</summary>
    public const string RunApprove = Run + "/approve";

    /// <summary>POST: ends a held run and keeps every device; 409 when it is not held.</summary>
    public const string RunDiscard = Run + "/discard";

    /// <summary>GET: <see cref="OverviewView"/>.</summary>
    public const string Overview = Prefix + "/overview";

    /// <summary>
    /// GET: page of <see cref="VerdictHistory"/>, all in one: the verdicts of each integration over the last <c>days</c>
    /// (query; 1 to 400, 30 when absent).
    /// </summary>
    public const string OverviewVerdicts = Overview + "/verdicts";

    /// <summary>GET: page of <see cref="DeviceAtRisk"/>, all in one: the few devices that need attention first, worst first.</summary>
    public const string OverviewDevices = Overview + "/devices";

    /// <summary>
    /// GET: page of <see cref="BlindSpotCount"/>, all in one: the facts that verdicts lack, those of most devices first. Up
    /// to a minute old.
    /// </summary>
    public const string OverviewBlindSpots = Overview + "/blind-spots";

    /// <summary>GET: page of <see cref="DeviceSummary"/> by <see cref="DeviceFilter"/>.</summary>
    public const string Devices = Prefix + "/devices";

    /// <summary>
    /// GET: <see cref="Api.DeviceFacets"/> by <see cref="DeviceFilter"/>: how many devices each further choice would leave.
    /// </summary>
    public const string DeviceFacets = Devices + "/facets";

    /// <summary>GET: <see cref="DeviceView"/>.</summary>
    public const string Device = Devices + "/{id}";

    /// <summary>GET: page of <see cref="DeviceAppView"/>; query <c>gone=true</c>: only those that are gone, <c>false</c>: only those that are there.</summary>
    public const string DeviceApps = Device + "/apps";

    /// <summary>GET: page of <see cref="HistoryEntry"/>, newest first; query <c>apps=false</c> leaves out apps that came and went.</summary>
    public const string DeviceHistory = Device + "/history";

    /// <summary>GET: <see cref="DeviceTagsView"/>: the tags that Picket wants on the device, and those that are there.</summary>
    public const string DeviceTags = Device + "/tags";

    /// <summary>GET: page of <see cref="UserView"/> by <see cref="ListFilter"/>.</summary>
    public const string Users = Prefix + "/users";

    /// <summary>GET: <see cref="UserDetails"/>. Their devices are those of <see cref="Devices"/> with <c>userId</c>.</summary>
    public const string User = Users + "/{id}";

    /// <summary>GET: page of <see cref="UserGroupView"/> by <c>cursor</c> and <c>limit</c>: the groups that the user is in.</summary>
    public const string GroupsOfUser = User + "/groups";

    /// <summary>
    /// GET: a JSON file with all that Picket keeps about the person, a section for each kind of rows, each saying where it
    /// comes from and how long it is kept; <c>complete</c>, last, is true when the file is whole. Noted in the audit. For
    /// whom may read the audit.
    /// </summary>
    public const string UserExport = User + "/export";

    /// <summary>
    /// GET: <see cref="ErasureView"/>, what an erasure would remove. POST <see cref="EraseUser"/>: erases the person;
    /// <see cref="ErasureView"/>, what it removed, or 422 when the name is another. While the UEM knows the person, the user stays as a number without a name. DELETE: lifts that, so
    /// that the next full run reads the name again; 204, or 404 for who is not erased. For whom may manage people.
    /// </summary>
    public const string UserErasure = User + "/erasure";

    /// <summary>GET: page of <see cref="UserGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string UserGroups = Prefix + "/user-groups";

    /// <summary>GET: <see cref="UserGroupView"/>.</summary>
    public const string UserGroup = UserGroups + "/{id}";

    /// <summary>
    /// GET: page of <see cref="UserView"/> by <see cref="ListFilter"/>: its members, as read last, in the order of names. Of a
    /// member who is not among the users that were read only the name is known.
    /// </summary>
    public const string UserGroupMembers = UserGroup + "/members";

    /// <summary>GET: page of <see cref="OrganizationGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string OrganizationGroups = Prefix + "/organization-groups";

    /// <summary>GET: page of <see cref="SmartGroupView"/> by <see cref="ListFilter"/>.</summary>
    public const string SmartGroups = Prefix + "/smart-groups";

    /// <summary>GET: <see cref="SmartGroupView"/>.</summary>
    public const string SmartGroup = SmartGroups + "/{id}";

    /// <summary>
    /// GET: page of <see cref="DeviceSummary"/> by <c>cursor</c> and <c>limit</c>: its devices. The UEM is asked, in one call, and
    /// the answer kept for five minutes; 502 when it could not be asked, 409 while the integration is paused, and beyond
    /// sixty groups in an hour.
    /// </summary>
    public const string SmartGroupDevices = SmartGroup + "/devices";

    /// <summary>GET: page of <see cref="AdministratorView"/> by <see cref="ListFilter"/>.</summary>
    public const string Administrators = Prefix + "/administrators";

    /// <summary>GET: page of <see cref="TagView"/> by <see cref="ListFilter"/>.</summary>
    public const string Tags = Prefix + "/tags";

    /// <summary>GET: page of <see cref="FindingView"/> by <see cref="FindingFilter"/>.</summary>
    public const string Findings = Prefix + "/findings";

    /// <summary>GET: page of <see cref="FindingKindView"/>, all in one: every kind of finding that this server knows.</summary>
    public const string FindingKinds = Findings + "/kinds";

    /// <summary>GET: page of <see cref="AppView"/> by <see cref="ListFilter"/>.</summary>
    public const string Apps = Prefix + "/apps";

    /// <summary>GET: page of <see cref="AppHolder"/> by <see cref="HolderFilter"/>; the id is the bundle or package id, and an unknown one has no rows.</summary>
    public const string AppDevices = Apps + "/{appId}/devices";

    /// <summary>
    /// GET: page of <see cref="FeedView"/>. POST the file as raw body, query <c>name</c>, <c>format</c>
    /// (see <see cref="FeedFormats"/>), <c>fileName</c>, <c>accept</c>: 201 with <see cref="FeedView"/>, also for the next
    /// version of a feed. Unless <c>accept=true</c>: 202 where that version changes too much and waits for a person
    /// (<see cref="FeedView.Aside"/>), 409 where a person rejected this very file. 422 with
    /// <see cref="Problem.FeedErrors"/>, or 413 above 32 MiB.
    /// </summary>
    public const string Feeds = Prefix + "/feeds";

    /// <summary>GET: <see cref="FeedView"/>. DELETE: 204; its findings end at the next judging.</summary>
    public const string Feed = Feeds + "/{id}";

    /// <summary>GET: page of <see cref="FeedVersion"/>, newest first.</summary>
    public const string FeedVersions = Feed + "/versions";

    /// <summary>POST: puts the version that was set aside in force, with <see cref="FeedView"/>; 409 when this one does not wait.</summary>
    public const string FeedAccept = FeedVersions + "/{version}/accept";

    /// <summary>POST: decides against the version that was set aside, with <see cref="FeedView"/>; 409 when this one does not wait.</summary>
    public const string FeedReject = FeedVersions + "/{version}/reject";

    /// <summary>
    /// GET: page of <see cref="FeedSourceView"/>. POST <see cref="FeedSourceDraft"/>: 201 with
    /// <see cref="FeedSourceView"/>; it is looked at at once. 409 where a source brings a feed of this name already.
    /// </summary>
    public const string FeedSources = Prefix + "/feed-sources";

    /// <summary>
    /// GET: <see cref="FeedSourceView"/>. PUT <see cref="FeedSourceDraft"/> (all settings; <c>known</c> and <c>name</c>
    /// stay): <see cref="FeedSourceView"/>. DELETE: 204; the feed stays as it is.
    /// </summary>
    public const string FeedSource = FeedSources + "/{id}";

    /// <summary>POST: 202 with <see cref="FeedSourceView"/>; it is looked at now. See <see cref="FeedSourceView.LastTryAt"/> for the end of that.</summary>
    public const string FeedSourceCheck = FeedSource + "/check";

    /// <summary>GET: page of <see cref="KnownFeed"/>, all in one: the public sources that Picket knows.</summary>
    public const string FeedCatalogue = Prefix + "/feed-catalogue";

    /// <summary>POST: puts the version before the present one in force; 409 when there is none.</summary>
    public const string FeedRollback = Feed + "/rollback";

    /// <summary>GET: page of <see cref="IndicatorView"/> by <see cref="IndicatorFilter"/>; of the version in force where none is named.</summary>
    public const string FeedIndicators = Feed + "/indicators";

    /// <summary>GET: page of <see cref="OwnIndicatorView"/>. POST <see cref="SaveOwnIndicator"/>: 201 with <see cref="OwnIndicatorView"/>; 409 when there are 2,000.</summary>
    public const string OwnIndicators = Prefix + "/indicators";

    /// <summary>GET: <see cref="OwnIndicatorView"/>. PUT <see cref="SaveOwnIndicator"/>: the same as a whole. DELETE: 204; its findings end at the next judging.</summary>
    public const string OwnIndicator = OwnIndicators + "/{id}";
}
