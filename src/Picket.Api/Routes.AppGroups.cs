namespace Picket.Api;

// Lists of denied apps, kept in the UEM so that its own compliance can act.
public static partial class Routes
{
    /// <summary>
    /// GET: <see cref="AppGroupsView"/>. PUT <see cref="SetAppGroups"/>: the same, changed; for administrators of the
    /// integration's organization group (law 6).
    /// </summary>
    public const string AppGroups = Integration + "/app-groups";

    /// <summary>POST: reads the UEM and says what a run would do, without writing; <see cref="AppGroupPreview"/>.</summary>
    public const string AppGroupPreview = AppGroups + "/preview";

    /// <summary>
    /// POST: accepts a preview: switches the lists on and queues the run; 202 with <see cref="AppGroupRunView"/>. 409 when it is
    /// not the newest, older than a day, made for another address, organization group or scope, a group of others is in the
    /// way, or the fleet has moved on. For administrators of the integration's organization group (law 6).
    /// </summary>
    public const string AppGroupAccept = AppGroups + "/previews/{previewId}/accept";

    /// <summary>
    /// POST: 202 with <see cref="AppGroupRunView"/>: a new run, or the open one, which does the same. 409 while the lists are
    /// off, or a run is held.
    /// </summary>
    public const string AppGroupRunNow = AppGroups + "/run";

    /// <summary>
    /// POST <see cref="AdoptAppGroup"/>: a group that was there before becomes Picket's, with the apps in it those of others;
    /// 200 with <see cref="AppGroupsView"/>. For administrators of the integration's organization group (law 6).
    /// </summary>
    public const string AppGroupAdopt = AppGroups + "/adopt";

    /// <summary>
    /// POST: switches the lists off, takes Picket's apps out and deletes groups of which nothing is left; 202 with
    /// <see cref="AppGroupRunView"/>. 409 while a run is open. For administrators of the integration's organization group (law 6).
    /// </summary>
    public const string AppGroupCleanUp = AppGroups + "/clean-up";

    /// <summary>GET: page of <see cref="AppGroupRunView"/>, newest first, by <see cref="AppGroupRunFilter"/>.</summary>
    public const string AppGroupRuns = Prefix + "/app-groups/runs";

    /// <summary>GET: <see cref="AppGroupRunView"/>.</summary>
    public const string AppGroupRun = AppGroupRuns + "/{id}";

    /// <summary>POST: a queued or running run stops before its next write; 202 with <see cref="AppGroupRunView"/>, 409 in another state.</summary>
    public const string AppGroupRunCancel = AppGroupRun + "/cancel";

    /// <summary>POST: lets a held run go on; 202 with <see cref="AppGroupRunView"/>, 409 when it is not held or the lists are off.</summary>
    public const string AppGroupRunApprove = AppGroupRun + "/approve";

    /// <summary>
    /// POST: ends a held run without a write: 200 with <see cref="AppGroupRunView"/>, 409 when it is not held. Picket asks again
    /// after the next reading of the fleet.
    /// </summary>
    public const string AppGroupRunDiscard = AppGroupRun + "/discard";
}
