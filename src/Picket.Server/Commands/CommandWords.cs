using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Commands;

/// <summary>Brakes and refusals in words: what holds it, and what to do.</summary>
internal static class CommandWords
{
    public const string RequesterErased = "The person who asked for it was erased.";

    /// <summary>No row of the usual role: whoever wants locks grants it.</summary>
    public const string LockRight = "Device Management > Device Details > Lock Device (Edit)";

    public static string LockRightMissing(WorkspaceOneException refused) =>
        $"The account's role lacks {LockRight} or API > REST > Devices (Edit): the UEM answered {(int?)refused.Status}, \"{refused.Reason}\". Grant what is missing, then ask anew.";

    public static string Of(CommandBrake brake, IntegrationRow integration) =>
        brake switch
        {
            CommandBrake.None => "",
            CommandBrake.CommandsOff =>
                "Commands to devices are off at this integration. An administrator of the integration switches them on.",
            CommandBrake.WipesOff =>
                "Enterprise wipes are off at this integration. An administrator of the integration switches them on.",
            CommandBrake.Gone => "The device has left the fleet.",
            CommandBrake.NotEnrolled => "The device is not enrolled, or is being wiped already.",
            CommandBrake.NeverTouched => "The device is on the never-touch list: see Brakes.",
            CommandBrake.AnotherIntegration =>
                "Another integration holds the device too, and its organization group is nearer, or neither is: this one leaves it alone.",
            CommandBrake.StaleFacts =>
                $"The device has not reported for more than {integration.CommandFreshHours} hours, so what is known of it is too old. Have it report first.",
            CommandBrake.NotBound =>
                "The UEM does not tell the device's unique id or the time of its enrolment, so an approval could not be bound to it.",
            CommandBrake.AnotherEnrollment =>
                "The device was enrolled anew, or went to somebody else, since the wipe was asked for. Ask anew if it is still meant.",
            CommandBrake.NameAlone =>
                "The finding rests on a name alone, which is no proof. Look at the device; a wipe needs a reason of your own then.",
            CommandBrake.WipeCap =>
                $"As many wipes as are allowed ({integration.WipesPerHour} an hour) went out. It waits for its turn.",
            CommandBrake.LockCap =>
                $"As many locks as are allowed ({integration.LocksPerHour} an hour) went out. It waits for its turn.",
            CommandBrake.WipeLock =>
                "The UEM's wipe lock is on: it holds back wipes below its organization group. Nothing was sent. Release it in the UEM's console, then ask anew.",
            CommandBrake.TwoPeople =>
                "Whoever asked or approved may not any more, or is linked to another UEM account now.",
            CommandBrake.MessagesOff =>
                "Messages to users are off at this integration. An administrator of the integration switches them on, beside commands.",
            CommandBrake.MessageCap =>
                $"As many messages as are allowed ({integration.MessagesPerHour} an hour) went out. It waits for its turn.",
            CommandBrake.MessageRecent =>
                "The user was sent a message about this finding within the last seven days, may have been, or is about to be. Ask the user.",
            CommandBrake.FindingEnded => "The finding that it was wanted for is not true any more.",
            CommandBrake.Watched =>
                "An app on the device may watch its user, and whoever watches reads what the user is sent. Talk to the user in person; an administrator can insist on a message that says nothing of it.",
            CommandBrake.PolicyPreview =>
                "What a new version of the policy would send first waits until somebody approves it.",
            CommandBrake.PolicyChanged => "The version of the policy that wanted it is not in force any more.",
            CommandBrake.PlatformNotKnown => "The device's platform is not known.",
            CommandBrake.RequesterMayNot =>
                "Whoever wanted it lost the right to, or was shut out, before it was sent. Somebody who may can ask anew.",
            _ => "All writes are stopped: see Brakes.",
        };

    /// <summary>Why somebody may not ask, or not approve.</summary>
    public static string Of(PartyRefusal refusal) =>
        refusal switch
        {
            PartyRefusal.NotAPerson => "Only a person asks for a wipe or approves one: tokens of services do not.",
            PartyRefusal.NoRight => "Your role here does not let you.",
            PartyRefusal.NotLinked =>
                "You are not linked to a UEM administrator account at this integration. Link yours first.",
            PartyRefusal.NoFactor => "You have no second factor. Add one to your account first.",
            PartyRefusal.FactorNotShown => "Your second factor was not shown within the last five minutes.",
            PartyRefusal.SamePerson => "You asked for it yourself: another person approves.",
            PartyRefusal.SameAccount => "You are linked to the same UEM account as who asked.",
            PartyRefusal.Tied =>
                "One of you invited the other, gave them a role, confirmed their link to a UEM account or reset how they sign in within the last seven days: that does not count as two people.",
            PartyRefusal.Expired => "The request has expired.",
            PartyRefusal.RequesterMayNot => "Whoever asked may not any more, or is linked to another UEM account now.",
            _ => "",
        };
}
