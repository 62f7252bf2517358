using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Drift;

/// <summary>Changes by others as the console names them.</summary>
internal static class DriftWords
{
    public static string Of(DriftKind kind) =>
        kind switch
        {
            DriftKind.Lost => T("taken off devices"),
            DriftKind.Carried => T("put on devices"),
            DriftKind.Renamed => T("renamed"),
            DriftKind.NotNamed => T("not named by a smart group any more"),
            DriftKind.GroupGone => T("its smart group is gone"),
            DriftKind.OldNumber => T("named by a number that it has no more"),
            DriftKind.Unused => T("named by no smart group any more"),
            DriftKind.FewerAssignments => T("less hangs on its smart group"),
            DriftKind.PolicyGone => T("the compliance policy is gone"),
            DriftKind.PolicyInactive => T("the compliance policy is inactive"),
            DriftKind.PolicyRenamed => T("the compliance policy is called otherwise"),
            DriftKind.PolicyUnassigned => T("the compliance policy is assigned to no device"),
            _ => T("deleted"),
        };

    /// <summary>What was changed, or is to act on it.</summary>
    public static string Subject(DriftView drift) => drift.CompliancePolicy ?? drift.Tag;

    public static string Of(DriftView drift) =>
        drift switch
        {
            { State: DriftState.Repaired } => T("repaired"),
            { State: DriftState.Accepted } => T("stays so"),
            { State: DriftState.Gone } => T("over by itself"),
            { Asks: true } => T("waits for a word"),
            { Kind: DriftKind.Deleted } => T("made anew"),
            _ => T("being repaired"),
        };

    public static string Of(DriftState state) =>
        state switch
        {
            DriftState.Open => T("as others left it"),
            DriftState.Repaired => T("repaired"),
            DriftState.Accepted => T("stays so"),
            _ => T("over by itself"),
        };

    public static string ClassOf(DriftView drift) =>
        drift switch
        {
            { State: DriftState.Open, Asks: true } => "state-bad",
            { State: DriftState.Open } => "state-waits",
            _ => "state-good",
        };

    /// <summary>What is to be known of it before anybody decides.</summary>
    public static string Advice(DriftView drift) =>
        drift switch
        {
            { EndedAt: not null } => T("It is over."),
            { Kind: DriftKind.GroupGone } => T(
                "Or the account does not see it any more. Picket does not make it anew: what hung on it is not known. Make another one in the UEM, or let it stay."
            ),
            { Kind: DriftKind.Unused } => T(
                "Devices carry the tag, and nothing in the UEM that Picket can see follows from it. Have a smart group name it there, or let it stay."
            ),
            { Kind: DriftKind.FewerAssignments } => T(
                "Something was taken off the smart group in the UEM. Look there what it was: Picket sees only the count."
            ),
            { Fought: false, Asks: true, Kind: DriftKind.NotNamed or DriftKind.OldNumber } => T(
                "What hangs on the smart group in the UEM does not follow the tag until it names it."
            ),
            { Asks: false, Kind: DriftKind.NotNamed or DriftKind.OldNumber } => T(
                "Picket puts the tag back into the smart group with its next look."
            ),
            { Kind: DriftKind.PolicyGone } => T(
                "Or the account does not see it any more. What it did about tags nobody does now. Once you let it stay it is watched no more."
            ),
            { Kind: DriftKind.PolicyRenamed } => T(
                "Look in the UEM whether it is still the same. Once you let it stay it is watched by its new name."
            ),
            { Kind: DriftKind.PolicyInactive or DriftKind.PolicyUnassigned } => T(
                "Devices carry tags, and it does nothing about them. Look at it in the UEM; it is over by itself when it acts again."
            ),
            { State: DriftState.Accepted, Kind: DriftKind.Renamed } => T(
                "The tag keeps the other name until it is renamed again. Picket knows it by its number."
            ),
            { State: DriftState.Accepted, Kind: DriftKind.Deleted } => T(
                "The tag is not made anew, and devices of its level are left as they are."
            ),
            { State: DriftState.Accepted } => T("These devices stay as they are until their verdict changes."),
            { Fought: true } => T(
                "Picket repaired the same three times within a day, and somebody changed it again. Find out who it is before you decide."
            ),
            { Kind: DriftKind.Renamed, Asks: true } => T(
                "Picket goes on with the tag by its number, and so does what refers to it in the UEM."
            ),
            { Kind: DriftKind.Deleted, Asks: true } => T(
                "Devices of its level are left as they are. Made anew it is another tag to the UEM: what named the old one does not name it."
            ),
            { Kind: DriftKind.Deleted } => T(
                "Picket makes the tag anew, under another number. Whatever named the old one in the UEM, such as smart groups, has to name the new one; say so when it does."
            ),
            { Asks: true } => T("These devices are left as they are until somebody decides, or their verdict changes."),
            _ => T("Picket repairs it with the next tag run, as the policy says."),
        };

    public static string Repair(DriftView drift) =>
        drift.Kind switch
        {
            DriftKind.Renamed => T("Give it its name back"),
            DriftKind.Deleted => T("Make it anew"),
            DriftKind.NotNamed or DriftKind.OldNumber => T("Put it back into the smart group"),
            _ => T("Repair it"),
        };

    /// <summary>What is to be agreed to.</summary>
    public static string Question(DriftView drift) =>
        drift.Kind is DriftKind.NotNamed or DriftKind.OldNumber
            ? T(
                "The smart group is read again and written as it is, with the tag. Which devices are in it changes at once, and what hangs on it follows."
            )
            : T("A tag run makes it as it was, under its brakes. What hangs on the tag in the UEM follows.");

    public static string Accept(DriftView drift) =>
        drift is { Kind: DriftKind.Deleted, Asks: false } ? T("What named it names the new one") : T("Let it stay so");
}
