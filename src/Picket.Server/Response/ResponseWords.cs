using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Console;
using static Picket.Server.Console.Texts;
using LedgerState = Picket.Api.LedgerState;
using TagState = Picket.Api.TagState;

namespace Picket.Server.Response;

/// <summary>The ledger as people read it.</summary>
internal static class ResponseWords
{
    public static string Of(string kind) =>
        kind switch
        {
            LedgerKinds.CreateTag => T("Make a tag"),
            LedgerKinds.RenameTag => T("Give a tag its name back"),
            LedgerKinds.AddTag => T("Put a tag on devices"),
            LedgerKinds.RemoveTag => T("Take a tag off devices"),
            LedgerKinds.CreateUser => T("Make a user"),
            LedgerKinds.ChangeUser => T("Change a user"),
            LedgerKinds.RegisterDevice => T("Announce a device"),
            LedgerKinds.CreateUserGroup => T("Make a custom user group"),
            LedgerKinds.AddToUserGroup => T("Put a user into a custom group"),
            LedgerKinds.PublishApp => T("Publish an app"),
            LedgerKinds.WithdrawApp => T("Take back a published app"),
            LedgerKinds.AddStoreApp => T("Add a store app to the catalogue"),
            LedgerKinds.UploadApp => T("Put an internal app into the catalogue"),
            LedgerKinds.RetireApp => T("Retire an internal app"),
            LedgerKinds.UnretireApp => T("Bring back a retired app"),
            LedgerKinds.CreateSmartGroup => T("Make a smart group for a ring"),
            LedgerKinds.DeleteSmartGroup => T("Delete the smart group of a ring"),
            LedgerKinds.NameTag => T("Put a tag back into a smart group"),
            LedgerKinds.EnableDeviceLicences => T("Let an app's licences go to devices"),
            LedgerKinds.CreateAppGroup => T("Make a list of denied apps"),
            LedgerKinds.AddToAppGroup => T("Put apps on a list of denied apps"),
            LedgerKinds.RemoveFromAppGroup => T("Take apps off a list of denied apps"),
            LedgerKinds.DeleteAppGroup => T("Delete a list of denied apps"),
            LedgerKinds.SendMessage => T("Send a message to a device"),
            LedgerKinds.SyncDevice => T("Have a device report"),
            LedgerKinds.QueryDevice => T("Have a device report everything"),
            LedgerKinds.RequestApps => T("Have a device report its apps"),
            LedgerKinds.LockDevice => T("Lock a device"),
            LedgerKinds.EnterpriseWipe => T("Wipe the organization's part of a device"),
            _ => kind,
        };

    /// <summary>What held a write, in a few words; a brake of a newer version goes by its name.</summary>
    public static string Brake(string brake) =>
        brake switch
        {
            RunBrakes.NewPolicy => T("the policy was new"),
            RunBrakes.Tags => T("the brake of tags: too many devices at once"),
            RunBrakes.AppGroups => T("the brake of denied apps: too many at once"),
            nameof(CommandBrake.CommandsOff) => T("commands are off"),
            nameof(CommandBrake.WipesOff) => T("wipes are off"),
            nameof(CommandBrake.MessagesOff) => T("messages are off"),
            nameof(CommandBrake.Gone) => T("the device has left the fleet"),
            nameof(CommandBrake.NotEnrolled) => T("the device is not enrolled"),
            nameof(CommandBrake.NeverTouched) => T("the never-touch list"),
            nameof(CommandBrake.AnotherIntegration) => T("another integration holds the device"),
            nameof(CommandBrake.StaleFacts) => T("the device has not reported for too long"),
            nameof(CommandBrake.NotBound) => T("nothing to bind an approval to"),
            nameof(CommandBrake.AnotherEnrollment) => T("the device was enrolled anew"),
            nameof(CommandBrake.NameAlone) => T("the finding rests on a name alone"),
            nameof(CommandBrake.WipeCap) or nameof(CommandBrake.LockCap) or nameof(CommandBrake.MessageCap) => T(
                "the limit of an hour"
            ),
            nameof(CommandBrake.WipeLock) => T("the UEM's wipe lock"),
            nameof(CommandBrake.TwoPeople) => T("a wipe takes two people"),
            nameof(CommandBrake.Stop) => T("the stop of all writes"),
            nameof(CommandBrake.MessageRecent) => T("the user was sent a message lately"),
            nameof(CommandBrake.FindingEnded) => T("the finding was not true any more"),
            nameof(CommandBrake.Watched) => T("somebody may watch the user"),
            nameof(CommandBrake.PolicyPreview) => T("the policy was new"),
            nameof(CommandBrake.PolicyChanged) => T("the policy was not in force any more"),
            nameof(CommandBrake.PlatformNotKnown) => T("the platform is not known"),
            nameof(CommandBrake.RequesterMayNot) => T("whoever asked may not any more"),
            _ => brake,
        };

    public static string Class(LedgerState state) =>
        state switch
        {
            LedgerState.Confirmed or LedgerState.Undone => "state-good",
            LedgerState.Failed or LedgerState.PartlyFailed => "state-bad",
            LedgerState.Wanted => "state-waits",
            _ => "",
        };

    /// <summary>How fast tags follow verdicts.</summary>
    public static string Of(DetectionToTag pace) =>
        T("half within {0}, 99% within {1}", Delay(pace.P50Milliseconds), Delay(pace.P99Milliseconds));

    private static string Delay(double milliseconds) =>
        milliseconds < 10_000
            ? T("{0} ms", milliseconds.ToString("N0"))
            : Words.Duration(TimeSpan.FromMilliseconds(milliseconds));

    public static string Of(TagState state) =>
        state switch
        {
            TagState.Missing => T("is made with the first tag run"),
            TagState.Created => T("made by Picket"),
            TagState.Adopted => T("was there before; taken over"),
            _ => T("was there before Picket: nothing is written with it until it is taken over"),
        };
}
