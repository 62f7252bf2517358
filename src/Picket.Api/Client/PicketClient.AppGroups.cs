using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>How the lists of denied apps of an integration stand.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupsView> AppGroupsAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.AppGroups, integrationId), PicketApiJson.Default.AppGroupsView, cancellationToken);

    /// <summary>Switches the lists off, or changes how many apps may change before a person is asked.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="wish">What to change.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupsView> SetAppGroupsAsync(
        Guid integrationId,
        SetAppGroups wish,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.AppGroups, integrationId),
            JsonContent.Create(wish, PicketApiJson.Default.SetAppGroups),
            PicketApiJson.Default.AppGroupsView,
            cancellationToken
        );

    /// <summary>Says what a run would do, without writing.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupPreview> PreviewAppGroupsAsync(
        Guid integrationId,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.AppGroupPreview, integrationId),
            PicketApiJson.Default.AppGroupPreview,
            cancellationToken
        );

    /// <summary>Accepts a preview: switches the lists on and queues the run.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="previewId">The preview; 409 when settings or fleet have moved on since.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> AcceptAppGroupsAsync(
        Guid integrationId,
        Guid previewId,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.AppGroupAccept, integrationId, previewId),
            PicketApiJson.Default.AppGroupRunView,
            cancellationToken
        );

    /// <summary>Queues a run, or hands out the open one; 409 while the lists are off or a run is held.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> RunAppGroupsAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.AppGroupRunNow, integrationId),
            PicketApiJson.Default.AppGroupRunView,
            cancellationToken
        );

    /// <summary>Tells Picket to own an app group that was there before.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="uemId">The UEM's number of the group.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupsView> AdoptAppGroupAsync(
        Guid integrationId,
        int uemId,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.AppGroupAdopt, integrationId),
            new AdoptAppGroup(uemId),
            PicketApiJson.Default.AdoptAppGroup,
            PicketApiJson.Default.AppGroupsView,
            cancellationToken
        );

    /// <summary>Switches the lists off and takes what Picket put there out of the UEM.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> CleanUpAppGroupsAsync(
        Guid integrationId,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.AppGroupCleanUp, integrationId),
            PicketApiJson.Default.AppGroupRunView,
            cancellationToken
        );

    /// <summary>The runs, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<AppGroupRunView> AppGroupRuns(AppGroupRunFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.AppGroupRuns).Add("integrationId", filter?.IntegrationId).Add("state", filter?.State),
            PicketApiJson.Default.AppGroupRunPage
        );

    /// <summary>One run.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> AppGroupRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.AppGroupRun, id), PicketApiJson.Default.AppGroupRunView, cancellationToken);

    /// <summary>Asks a queued or running run to stop before its next write.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> CancelAppGroupRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.AppGroupRunCancel, id), PicketApiJson.Default.AppGroupRunView, cancellationToken);

    /// <summary>Lets a held run go on.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> ApproveAppGroupsAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.AppGroupRunApprove, id), PicketApiJson.Default.AppGroupRunView, cancellationToken);

    /// <summary>Ends a held run without a write.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AppGroupRunView> DiscardAppGroupsAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.AppGroupRunDiscard, id), PicketApiJson.Default.AppGroupRunView, cancellationToken);
}
