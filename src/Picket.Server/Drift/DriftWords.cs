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
            _ => T("deleted"),
        };

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
            _ => T("Repair it"),
        };

    public static string Accept(DriftView drift) =>
        drift is { Kind: DriftKind.Deleted, Asks: false } ? T("What named it names the new one") : T("Let it stay so");
}
