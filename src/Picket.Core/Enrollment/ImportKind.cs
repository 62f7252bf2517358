namespace Picket.Core.Enrollment;

/// <summary>What the lines of an import file name.</summary>
public enum ImportKind
{
    /// <summary>Enrolment users to make or to change.</summary>
    Users,

    /// <summary>Devices to announce before they enrol.</summary>
    Devices,

    /// <summary>Users to put into custom groups.</summary>
    GroupMembers,
}
