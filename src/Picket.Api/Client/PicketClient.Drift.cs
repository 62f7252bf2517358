using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>What others changed about Picket's tags, newest first.</summary>
    /// <param name="filter">Which of it.</param>
    public PagedList<DriftView> Drift(DriftFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(Routes.Drift).Add("integrationId", filter?.IntegrationId).Add("lasting", filter?.Lasting),
            PicketApiJson.Default.DriftPage
        );

    /// <summary>One change by others.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DriftView> DriftAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DriftOne, id), PicketApiJson.Default.DriftView, cancellationToken);

    /// <summary>The devices of a change by others.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<DriftDevice> DriftDevices(Guid id, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.Fill(Routes.DriftDevices, id)),
            PicketApiJson.Default.DriftDevicePage
        );

    /// <summary>Which smart groups name Picket's tags.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagReferencesView> TagReferencesAsync(
        Guid integration,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            Routes.Fill(Routes.TagReferences, integration),
            PicketApiJson.Default.TagReferencesView,
            cancellationToken
        );

    /// <summary>Has the smart groups looked at now; what comes of it is seen in the view a little later.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagReferencesView> ReadTagReferencesAsync(
        Guid integration,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.TagReferences, integration),
            PicketApiJson.Default.TagReferencesView,
            cancellationToken
        );

    /// <summary>The compliance policies of a UEM, asked for now.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IReadOnlyList<CompliancePolicyView>> CompliancePoliciesAsync(
        Guid integration,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.CompliancePolicies, integration),
            PicketApiJson.Default.CompliancePolicyList,
            cancellationToken
        );

    /// <summary>Says which compliance policies are watched.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="wish">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<TagReferencesView> WatchPoliciesAsync(
        Guid integration,
        WatchPolicies wish,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.CompliancePolicies, integration),
            JsonContent.Create(wish, PicketApiJson.Default.WatchPolicies),
            PicketApiJson.Default.TagReferencesView,
            cancellationToken
        );

    /// <summary>Has it made as it was; 409 while nothing may be written, where it cannot be repaired, and where it is over.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DriftView> RepairDriftAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.DriftRepair, id), PicketApiJson.Default.DriftView, cancellationToken);

    /// <summary>Lets it stay as it is; 409 where it is over.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DriftView> AcceptDriftAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.DriftAccept, id), PicketApiJson.Default.DriftView, cancellationToken);
}
