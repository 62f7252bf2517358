using System.Text.Json.Serialization.Metadata;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The devices.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<DeviceSummary> Devices(DeviceFilter? filter = null) =>
        List(filter?.Cursor, filter?.Limit, () => Filtered(Routes.Devices, filter), PicketApiJson.Default.DevicePage);

    /// <summary>How many devices each further choice would leave.</summary>
    /// <param name="filter">What is chosen.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeviceFacets> DeviceFacetsAsync(
        DeviceFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            Filtered(Routes.DeviceFacets, filter).ToString(),
            PicketApiJson.Default.DeviceFacets,
            cancellationToken
        );

    /// <summary>One device with verdict, findings and evidence.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeviceView> DeviceAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Device, id), PicketApiJson.Default.DeviceView, cancellationToken);

    /// <summary>The apps of a device, now and before.</summary>
    /// <param name="id">The device.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    /// <param name="gone">True: only those that are gone; false: only those that are there.</param>
    public PagedList<DeviceAppView> DeviceApps(Guid id, string? cursor = null, int? limit = null, bool? gone = null) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.Fill(Routes.DeviceApps, id)).Add("gone", gone),
            PicketApiJson.Default.DeviceAppPage
        );

    /// <summary>The changes of a device, newest first.</summary>
    /// <param name="id">The device.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    /// <param name="apps">False: without apps that came and went.</param>
    public PagedList<HistoryEntry> DeviceHistory(
        Guid id,
        string? cursor = null,
        int? limit = null,
        bool? apps = null
    ) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.Fill(Routes.DeviceHistory, id)).Add("apps", apps),
            PicketApiJson.Default.HistoryPage
        );

    /// <summary>The tags that Picket wants on a device, and those that are there.</summary>
    /// <param name="id">The device.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeviceTagsView> DeviceTagsAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DeviceTags, id), PicketApiJson.Default.DeviceTagsView, cancellationToken);

    /// <summary>The apps with the number of devices that have them now.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<AppView> Apps(ListFilter? filter = null) =>
        List(filter, Routes.Apps, PicketApiJson.Default.AppPage);

    /// <summary>Who has or had an app.</summary>
    /// <param name="appId">Bundle or package id.</param>
    /// <param name="filter">When.</param>
    public PagedList<AppHolder> AppHolders(string appId, HolderFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Fill(Routes.AppDevices, appId))
                    .Add("at", filter?.At)
                    .Add("from", filter?.From)
                    .Add("to", filter?.To)
                    .Add("integrationId", filter?.IntegrationId),
            PicketApiJson.Default.AppHolderPage
        );

    /// <summary>The enrolment users.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<UserView> Users(ListFilter? filter = null) =>
        List(filter, Routes.Users, PicketApiJson.Default.UserPage);

    /// <summary>One enrolment user.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<UserDetails> UserAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.User, id), PicketApiJson.Default.UserDetails, cancellationToken);

    /// <summary>The user groups that a user is in.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<UserGroupView> GroupsOfUser(Guid id, string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new Query(Routes.Fill(Routes.GroupsOfUser, id)), PicketApiJson.Default.UserGroupPage);

    /// <summary>All that Picket keeps about a user, as JSON.</summary>
    /// <param name="id">The user.</param>
    /// <param name="target">Where it is written as it comes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ExportUserAsync(Guid id, Stream target, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Fill(Routes.UserExport, id));
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an erasure of a user would remove.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ErasureView> ErasureOfUserAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.UserErasure, id), PicketApiJson.Default.ErasureView, cancellationToken);

    /// <summary>Erases a user: removes what Picket keeps about the person. There is no way back.</summary>
    /// <param name="id">The user.</param>
    /// <param name="confirmed">The person's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ErasureView> EraseUserAsync(
        Guid id,
        EraseUser confirmed,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.UserErasure, id),
            confirmed,
            PicketApiJson.Default.EraseUser,
            PicketApiJson.Default.ErasureView,
            cancellationToken
        );

    /// <summary>Lets a user who was erased be kept by name again, from the next reading on.</summary>
    /// <param name="id">The user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task LiftErasureOfUserAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.UserErasure, id), cancellationToken);

    /// <summary>The user groups.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<UserGroupView> UserGroups(ListFilter? filter = null) =>
        List(filter, Routes.UserGroups, PicketApiJson.Default.UserGroupPage);

    /// <summary>One user group.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<UserGroupView> UserGroupAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.UserGroup, id), PicketApiJson.Default.UserGroupView, cancellationToken);

    /// <summary>The members of a user group, in the order of names.</summary>
    /// <param name="id">The group.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<UserView> UserGroupMembers(Guid id, string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new Query(Routes.Fill(Routes.UserGroupMembers, id)), PicketApiJson.Default.UserPage);

    /// <summary>The organization groups.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<OrganizationGroupView> OrganizationGroups(ListFilter? filter = null) =>
        List(filter, Routes.OrganizationGroups, PicketApiJson.Default.OrganizationGroupPage);

    /// <summary>The smart groups.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<SmartGroupView> SmartGroups(ListFilter? filter = null) =>
        List(filter, Routes.SmartGroups, PicketApiJson.Default.SmartGroupPage);

    /// <summary>One smart group.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SmartGroupView> SmartGroupAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.SmartGroup, id), PicketApiJson.Default.SmartGroupView, cancellationToken);

    /// <summary>The devices of a smart group, asked of the UEM.</summary>
    /// <param name="id">The group.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<DeviceSummary> SmartGroupDevices(Guid id, string? cursor = null, int? limit = null) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.Fill(Routes.SmartGroupDevices, id)),
            PicketApiJson.Default.DevicePage
        );

    /// <summary>The administrator accounts of the UEM.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<AdministratorView> Administrators(ListFilter? filter = null) =>
        List(filter, Routes.Administrators, PicketApiJson.Default.AdministratorPage);

    /// <summary>The tags of the UEM.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<TagView> Tags(ListFilter? filter = null) =>
        List(filter, Routes.Tags, PicketApiJson.Default.TagPage);

    /// <summary>The findings that are true now, or those that ended.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<FindingView> Findings(FindingFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Findings)
                    .Add("kind", filter?.Kind)
                    .Add("level", filter?.Level)
                    .Add("deviceId", filter?.DeviceId)
                    .Add("integrationId", filter?.IntegrationId)
                    .Add("exception", filter?.Exception)
                    .Add("ended", filter?.Ended),
            PicketApiJson.Default.FindingPage
        );

    /// <summary>Every kind of finding that the server knows, in one page.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<FindingKindView>> FindingKindsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.FindingKinds, PicketApiJson.Default.FindingKindPage, cancellationToken);

    private PagedList<T> List<T>(ListFilter? filter, string path, JsonTypeInfo<Page<T>> type) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () => new Query(path).Add("integrationId", filter?.IntegrationId).Add("search", filter?.Search),
            type
        );

    private static Query Filtered(string route, DeviceFilter? filter) =>
        new Query(route)
            .Add("integrationId", filter?.IntegrationId)
            .Add("level", filter?.Level)
            .Add("platform", filter?.Platform)
            .Add("organizationGroup", filter?.OrganizationGroup)
            .Add("withoutGroup", filter?.WithoutGroup)
            .Add("taggedAs", filter?.TaggedAs)
            .Add("tag", filter?.Tag)
            .Add("ownership", filter?.Ownership)
            .Add("search", filter?.Search)
            .Add("finding", filter?.Finding)
            .Add("app", filter?.App)
            .Add("cve", filter?.Cve)
            .Add("lacks", filter?.Lacks)
            .Add("cause", filter?.Cause)
            .Add("fact", filter?.Fact)
            .Add("factAge", filter?.FactAge)
            .Add("feed", filter?.Feed)
            .Add("feedEntry", filter?.FeedEntry)
            .Add("userId", filter?.UserId);
}
