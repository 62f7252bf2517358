using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>What the demo did, counted. Later versions add figures and change none.</summary>
internal sealed record DemoFigures
{
    public required int Devices { get; init; }
    public required int Users { get; init; }
    public required int OrganizationGroups { get; init; }
    public required int SmartGroups { get; init; }
    public required int AppsKnownForDevices { get; init; }

    /// <summary>Devices whose platform and privacy settings let the UEM know their apps.</summary>
    public required int AppsEligibleDevices { get; init; }
    public required int Findings { get; init; }
    public required int FindingKinds { get; init; }

    /// <summary>How many findings are true of each of these kinds.</summary>
    public required IReadOnlyDictionary<string, int> FindingsByKind { get; init; }

    /// <summary>Policies of the document in force.</summary>
    public required int Policies { get; init; }

    /// <summary>Hunts that are saved.</summary>
    public required int Hunts { get; init; }
    public required LevelCounts Verdicts { get; init; }
    public required int Tagged { get; init; }

    /// <summary>Devices whose tags in the UEM differ from what the ledger says.</summary>
    public required int TagMismatches { get; init; }
    public required int ImportedUsers { get; init; }

    /// <summary>Devices that were announced for imported users.</summary>
    public required int RegisteredDevices { get; init; }
    public required int GroupMembers { get; init; }

    /// <summary>Every line of the imports is done, and the UEM's own API lists what they made.</summary>
    public required bool ImportsAgree { get; init; }

    /// <summary>Devices of the canary ring that the demo's app is assigned to.</summary>
    public required int PublishedDevices { get; init; }
    public required int InstalledDevices { get; init; }

    /// <summary>The UEM's own API says the same of the app as Picket.</summary>
    public required bool PublicationAgrees { get; init; }

    /// <summary>Tag runs that the brake held, and that wait for a person.</summary>
    public required int TagRunsHeld { get; init; }

    /// <summary>Wipes that wait for another person.</summary>
    public required int WipesWaiting { get; init; }
    public required int UemCalls { get; init; }
    public required DoctorFigures Doctor { get; init; }
    public required double Seconds { get; init; }

    /// <summary>The demo's own promise: nothing failed, nothing is missing, the two sides agree.</summary>
    public bool IsSound =>
        Doctor.Fail == 0
        && TagMismatches == 0
        && ImportsAgree
        && PublicationAgrees
        && Total == Devices
        && Tagged == Devices - Verdicts.Unknown
        && FindingKinds >= 5 // of a handful of devices; a usual fleet has twice as many
        && Policies > 0
        && Hunts > 0
        && (TagRunsHeld == 1 || Devices < SmallFleet) // The same: a handful may all have a passcode.
        && (WipesWaiting == 1 || Devices < SmallFleet) // A handful may have no device to be wiped.
        && AppsKnownForDevices >= 0.95 * AppsEligibleDevices;

    private const int SmallFleet = 50;

    private int Total =>
        Verdicts.Unknown + Verdicts.Secure + Verdicts.Low + Verdicts.Medium + Verdicts.High + Verdicts.Critical;

    public string ToJson() => JsonSerializer.Serialize(this, DemoJson.Default.DemoFigures);
}

internal sealed record DoctorFigures(int Pass, int Fail, int Warn, int NotTested);
