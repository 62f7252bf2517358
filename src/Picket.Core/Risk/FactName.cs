namespace Picket.Core.Risk;

/// <summary>Names of facts as evidence and blind spots show them.</summary>
public enum FactName
{
    Enrollment,
    LastSeen,
    Compromised,
    Compliance,
    Passcode,
    Encryption,
    OsVersion,
    Model,
    SecurityPatch,
    Apps,
    Profiles,
    Platform,
    Supervision,

    /// <summary>In which groups the device and its user are, for the conditions of policies.</summary>
    Membership,
    BlockEncryption,
    Policies,
}
