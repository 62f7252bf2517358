namespace Picket.Core.Identity;

/// <summary>What somebody may be here. What each role may do stands in <see cref="Roles"/>.</summary>
public enum Role
{
    Owner,
    Administrator,
    Analyst,
    Approver,
    Auditor,
}

/// <summary>What can be asked for. Nothing in Picket is done under another name.</summary>
public enum Right
{
    Read,

    /// <summary>The apps on an employee's own device.</summary>
    ReadPersonalApps,

    /// <summary>Start and stop readings, ask the doctor, judge anew, preview.</summary>
    Operate,

    /// <summary>Ask for a response that another person approves.</summary>
    Request,

    /// <summary>Decide what a brake holds.</summary>
    Approve,

    /// <summary>Change an integration; law 6 asks for more on top.</summary>
    ChangeSettings,
    ManageFeeds,

    /// <summary>Change by which rules devices are judged.</summary>
    ManagePolicy,
    ManagePeople,
    ManageTokens,
    ReadAudit,
}

/// <summary>The table of roles.</summary>
public static class Roles
{
    private static readonly Right[] All = Enum.GetValues<Right>();

    public static IReadOnlyList<Right> RightsOf(Role role) =>
        role switch
        {
            Role.Owner or Role.Administrator => All,
            Role.Analyst => [Right.Read, Right.ReadPersonalApps, Right.Operate, Right.Request],
            Role.Approver => [Right.Read, Right.Approve],
            Role.Auditor => [Right.Read, Right.ReadPersonalApps, Right.ReadAudit],
            _ => [],
        };

    /// <summary>The roles that hold a right, for whoever was refused and wants to know whom to ask.</summary>
    public static IEnumerable<Role> With(Right right) =>
        Enum.GetValues<Role>().Where(role => RightsOf(role).Contains(right));
}
