using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The channels that the caller manages.</summary>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<NoticeChannelView> NoticeChannels(string? cursor = null, int? limit = null) =>
        List(cursor, limit, () => new(Routes.NoticeChannels), PicketApiJson.Default.NoticeChannelPage);

    /// <summary>One channel.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeChannelView> NoticeChannelAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.NoticeChannel, id), PicketApiJson.Default.NoticeChannelView, cancellationToken);

    /// <summary>Makes a channel. A webhook's secret is in the answer, and never again.</summary>
    /// <param name="draft">Its settings.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeChannelSaved> CreateNoticeChannelAsync(
        NoticeChannelDraft draft,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.NoticeChannels,
            draft,
            PicketApiJson.Default.NoticeChannelDraft,
            PicketApiJson.Default.NoticeChannelSaved,
            cancellationToken
        );

    /// <summary>Changes the settings of a channel: all of them, as given.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="draft">Its settings; kind and integration stay.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeChannelSaved> ChangeNoticeChannelAsync(
        Guid id,
        NoticeChannelDraft draft,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.NoticeChannel, id),
            JsonContent.Create(draft, PicketApiJson.Default.NoticeChannelDraft),
            PicketApiJson.Default.NoticeChannelSaved,
            cancellationToken
        );

    /// <summary>Removes a channel with its deliveries.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveNoticeChannelAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.NoticeChannel, id), cancellationToken);

    /// <summary>Gives a webhook a new secret, which is in the answer; the old one is good for 24 hours more.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeChannelSaved> RotateNoticeSecretAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.NoticeChannelSecret, id),
            PicketApiJson.Default.NoticeChannelSaved,
            cancellationToken
        );

    /// <summary>Sends a test notice through a channel; what came of it is told by <see cref="NoticeDeliveryAsync"/>.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeDeliveryView> TestNoticeChannelAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(
            Routes.Fill(Routes.NoticeChannelTest, id),
            PicketApiJson.Default.NoticeDeliveryView,
            cancellationToken
        );

    /// <summary>What was and is to be sent, newest first.</summary>
    /// <param name="channelId">Only through this channel.</param>
    /// <param name="state">Only those in this state.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="limit">Rows of one page, 1 to 500.</param>
    public PagedList<NoticeDeliveryView> NoticeDeliveries(
        Guid? channelId = null,
        NoticeDeliveryState? state = null,
        string? cursor = null,
        int? limit = null
    ) =>
        List(
            cursor,
            limit,
            () => new Query(Routes.NoticeDeliveries).Add("channelId", channelId).Add("state", state),
            PicketApiJson.Default.NoticeDeliveryPage
        );

    /// <summary>One delivery.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeDeliveryView> NoticeDeliveryAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.NoticeDelivery, id), PicketApiJson.Default.NoticeDeliveryView, cancellationToken);

    /// <summary>Sends a notice again, under the same id.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<NoticeDeliveryView> ReplayNoticeAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.NoticeReplay, id), PicketApiJson.Default.NoticeDeliveryView, cancellationToken);
}
