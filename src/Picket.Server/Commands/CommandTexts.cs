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
            DeviceCommand.EnterpriseWipe => T("Enterprise wipe"),
            _ => $"{command}", // Of a newer version: it goes by its number here.
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
