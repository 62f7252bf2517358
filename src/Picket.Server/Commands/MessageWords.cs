using Picket.Core.Risk;

namespace Picket.Server.Commands;

/// <summary>Messages to users in words.</summary>
internal static class MessageWords
{
    public const string MayHaveGoneOut =
        "The answer is lost: the message may have gone out. It is never sent again. Ask the user whether it came, and say it.";

    /// <summary>As the ledger calls it: about what, how, and why somebody insisted. The text stays with the command.</summary>
    public static string Subject(DeviceCommandRow command) =>
        $"{FindingKinds.TitleOf(command.MessageAbout ?? "")}, by {(command.MessageBy == Core.Response.MessageChannel.Email ? "mail" : "push")}"
        + (command.Insisted ? $", an administrator insisted: {command.Cause}" : "");
}
