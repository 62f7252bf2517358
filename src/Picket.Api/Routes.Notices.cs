namespace Picket.Api;

// Notices to people. All of it is for whoever may change settings: at the integration of a channel that tells of one alone,
// everywhere for all others. A change of a channel of one integration asks the UEM first (law 6).
public static partial class Routes
{
    /// <summary>
    /// GET: page of <see cref="NoticeChannelView"/>. POST <see cref="NoticeChannelDraft"/>: 201 with
    /// <see cref="NoticeChannelSaved"/>, which shows a webhook's secret this once; 409 where the name is taken.
    /// </summary>
    public const string NoticeChannels = Prefix + "/notices/channels";

    /// <summary>
    /// GET: <see cref="NoticeChannelView"/>. PUT <see cref="NoticeChannelDraft"/>, all settings as given:
    /// <see cref="NoticeChannelSaved"/>; a webhook with another address or CA gets a new secret. DELETE: removes it with its deliveries.
    /// </summary>
    public const string NoticeChannel = NoticeChannels + "/{channelId}";

    /// <summary>
    /// POST: a new secret of a webhook, <see cref="NoticeChannelSaved"/>; for 24 hours each notice is signed with the old one, too.
    /// 409 for e-mail.
    /// </summary>
    public const string NoticeChannelSecret = NoticeChannel + "/secret";

    /// <summary>POST: 202 with <see cref="NoticeDeliveryView"/>: a notice of type <c>test</c>. 409 while the channel is off.</summary>
    public const string NoticeChannelTest = NoticeChannel + "/test";

    /// <summary>
    /// GET: page of <see cref="NoticeDeliveryView"/>, newest first. Query: <c>channelId</c>, <c>state</c>
    /// (<see cref="NoticeDeliveryState"/>).
    /// </summary>
    public const string NoticeDeliveries = Prefix + "/notices/deliveries";

    /// <summary>GET: <see cref="NoticeDeliveryView"/>.</summary>
    public const string NoticeDelivery = NoticeDeliveries + "/{deliveryId}";

    /// <summary>
    /// POST: 202 with <see cref="NoticeDeliveryView"/>: sent again under the same id, with its tries counted anew. 409 while it waits
    /// anyway or its channel is off.
    /// </summary>
    public const string NoticeReplay = NoticeDelivery + "/replay";
}
