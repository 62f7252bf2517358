using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Notices;

/// <summary>Notices as the console names them.</summary>
internal static class NoticeWords
{
    public static string Of(NoticeKind kind) =>
        kind switch
        {
            NoticeKind.CredentialRefused => T("A credential was refused"),
            NoticeKind.IntegrationFailing => T("An integration fails"),
            NoticeKind.QuotaNear => T("Few calls are left"),
            NoticeKind.SyncSilent => T("No sync was complete for long"),
            NoticeKind.FeedTrouble => T("Something is wrong with a feed"),
            NoticeKind.ExceptionEnding => T("A policy exception ends"),
            NoticeKind.DecisionWaiting => T("A decision waits"),
            NoticeKind.WritesStopped => T("All writes are stopped"),
            NoticeKind.ChangedByOthers => T("Others changed Picket's tags"),
            NoticeKind.CredentialEnding => T("A credential ends"),
            _ => T("Findings became true"),
        };

    public static string Of(NoticeChannelKind kind) => kind == NoticeChannelKind.Email ? T("E-mail") : T("Webhook");

    public static string Of(NoticeDeliveryState state) =>
        state switch
        {
            NoticeDeliveryState.Delivered => T("delivered"),
            NoticeDeliveryState.Dead => T("given up"),
            _ => T("waits"),
        };

    public static string ClassOf(NoticeDeliveryState state) =>
        state switch
        {
            NoticeDeliveryState.Delivered => "state-good",
            NoticeDeliveryState.Dead => "state-bad",
            _ => "state-waits",
        };

    /// <summary>Where it leads.</summary>
    public static string Place(NoticeChannelView channel) =>
        channel.Mail is { } mail ? string.Join(", ", mail.Recipients) : channel.Address ?? "";
}
