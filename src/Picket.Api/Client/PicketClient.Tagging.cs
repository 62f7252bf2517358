using System.Globalization;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>How the tags of an integration stand.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TaggingView> TaggingAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Tagging, integrationId), PicketApiJson.Default.TaggingView, cancellationToken);

    /// <summary>Says what a tag run would do, without writing.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagPreview> PreviewTagsAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.TaggingPreview, integrationId),
            PicketApiJson.Default.TagPreview,
            cancellationToken
        );

    /// <summary>The devices that a tag run would touch now, by what was confirmed last.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<TagDifference> TagDifferences(Guid integrationId, TagDifferenceFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Fill(Routes.TaggingDifferences, integrationId))
                    .Add("gets", filter?.Gets)
                    .Add("loses", filter?.Loses)
                    .Add("neverTouched", filter?.NeverTouched)
                    .Add("run", filter?.Run),
            PicketApiJson.Default.TagDifferencePage
        );

    /// <summary>Accepts a preview: switches writing on and queues the tag run.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="previewId">The preview; 409 when settings or fleet have moved on since.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> AcceptTagsAsync(
        Guid integrationId,
        Guid previewId,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.TaggingAccept, integrationId, previewId),
            PicketApiJson.Default.TagRunView,
            cancellationToken
        );

    /// <summary>Queues a tag run, or hands out the open one; 409 while writing is off or a run is held.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> RunTagsAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.TaggingRun, integrationId), PicketApiJson.Default.TagRunView, cancellationToken);

    /// <summary>Tells Picket to own a tag that was there before.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="tagName">Name of the tag.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TaggingView> AdoptTagAsync(
        Guid integrationId,
        string tagName,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.TaggingAdopt, integrationId),
            new AdoptTag(tagName),
            PicketApiJson.Default.AdoptTag,
            PicketApiJson.Default.TaggingView,
            cancellationToken
        );

    /// <summary>Switches writing off and takes Picket's tags off all devices.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> CleanUpTagsAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.TaggingCleanUp, integrationId),
            PicketApiJson.Default.TagRunView,
            cancellationToken
        );

    /// <summary>The tag runs, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<TagRunView> TagRuns(TagRunFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.TagRuns).Add("integrationId", filter?.IntegrationId).Add("state", filter?.State),
            PicketApiJson.Default.TagRunPage
        );

    /// <summary>One tag run.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> TagRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.TagRun, id), PicketApiJson.Default.TagRunView, cancellationToken);

    /// <summary>Asks a queued or running tag run to stop before its next write; what was written stays, until a run undoes it.</summary>
    /// <param name="id">The tag run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> CancelTagRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.TagRunCancel, id), PicketApiJson.Default.TagRunView, cancellationToken);

    /// <summary>Lets a held tag run go on.</summary>
    /// <param name="id">The tag run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> ApproveTagsAsync(Guid id, CancellationToken cancellationToken = default) =>
        ApproveTagsAsync(id, showing: null, cancellationToken);

    /// <summary>Lets a held tag run go on, if it still shows what the caller saw: the devices that it showed then, and no others.</summary>
    /// <param name="id">The tag run.</param>
    /// <param name="showing"><see cref="TagRunView.Showing"/>; null for whichever there is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="PicketApiException">409: it was planned and shown anew since, or is not held any more.</exception>
    public Task<TagRunView> ApproveTagsAsync(Guid id, int? showing, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.TaggingHeldApprove, id)
                + (showing is null ? "" : string.Create(CultureInfo.InvariantCulture, $"?showing={showing}")),
            PicketApiJson.Default.TagRunView,
            cancellationToken
        );

    /// <summary>Ends a held tag run without a write.</summary>
    /// <param name="id">The tag run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagRunView> DiscardTagsAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.TaggingHeldDiscard, id), PicketApiJson.Default.TagRunView, cancellationToken);

    /// <summary>The writes to the UEM, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<LedgerSummary> Ledger(LedgerFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Ledger)
                    .Add("integrationId", filter?.IntegrationId)
                    .Add("state", filter?.State)
                    .Add("deviceId", filter?.DeviceId)
                    .Add("userId", filter?.UserId)
                    .Add("publicationId", filter?.PublicationId),
            PicketApiJson.Default.LedgerPage
        );

    /// <summary>One write with its devices.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<LedgerView> LedgerEntryAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.LedgerEntry, id), PicketApiJson.Default.LedgerView, cancellationToken);
}
