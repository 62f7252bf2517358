using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Commands;

/// <summary>Commands as people read them.</summary>
internal static class CommandTexts
{
    public static string Of(DeviceCommand command) =>
        command switch
        {
            DeviceCommand.Sync => T("Report"),
            DeviceCommand.Query => T("Report everything"),
            DeviceCommand.RequestApps => T("Report its apps"),
            DeviceCommand.Lock => T("Lock"),
            DeviceCommand.Message => T("Message to the user"),
            _ => T("Enterprise wipe"),
        };

    public static string Of(DeviceCommandState state) =>
        state switch
        {
            DeviceCommandState.Waiting => T("waits for approval"),
            DeviceCommandState.Delayed => T("approved, not sent yet"),
            DeviceCommandState.Due => T("waits for its turn"),
            DeviceCommandState.Sending => T("on its way"),
            DeviceCommandState.Sent => T("sent, not confirmed yet"),
            DeviceCommandState.Unclear => T("unclear"),
            DeviceCommandState.HeldByUem => T("held by the UEM"),
            DeviceCommandState.Confirmed => T("happened"),
            DeviceCommandState.NotDone => T("did not happen"),
            DeviceCommandState.Refused => T("refused"),
            DeviceCommandState.Cancelled => T("taken back"),
            DeviceCommandState.Declined => T("declined"),
            DeviceCommandState.Taken => T("taken by the UEM"),
            _ => T("expired"),
        };

    public static string Class(DeviceCommandState state) =>
        state switch
        {
            DeviceCommandState.Confirmed or DeviceCommandState.Taken => "state-good",
            DeviceCommandState.NotDone or DeviceCommandState.Refused or DeviceCommandState.Unclear => "state-bad",
            DeviceCommandState.Waiting or DeviceCommandState.Delayed or DeviceCommandState.HeldByUem => "state-waits",
            _ => "",
        };
}
