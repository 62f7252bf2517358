namespace Picket.Core.Response;

/// <summary>What Picket may have a device do. Stored by number: never renumber, only add. A passcode is never cleared.</summary>
public enum CommandKind
{
    Sync = 0,
    Query = 1,

    /// <summary>The UEM has no command for the list of apps alone: the device is asked for all that it reports.</summary>
    RequestApps = 2,
    Lock = 3,
    EnterpriseWipe = 4,

    /// <summary>The user of the device is sent what the catalogue says to them of a finding.</summary>
    Message = 5,
}

/// <summary>What each command asks of the person, and of the facts.</summary>
public static class CommandKinds
{
    /// <summary>The others make facts fresh.</summary>
    public static bool NeedsFreshFacts(this CommandKind kind) => kind is CommandKind.Lock or CommandKind.EnterpriseWipe;

    public static bool NeedsReason(this CommandKind kind) => kind is CommandKind.Lock or CommandKind.EnterpriseWipe;

    /// <summary>A program may have a device report; what its user notices is a person's to want.</summary>
    public static bool NeedsPerson(this CommandKind kind) =>
        kind is CommandKind.Lock or CommandKind.EnterpriseWipe or CommandKind.Message;

    public static bool NeedsTwoPeople(this CommandKind kind) => kind == CommandKind.EnterpriseWipe;

    /// <summary>Whether something can be read afterwards that the command leaves. A message leaves nothing.</summary>
    public static bool IsFollowed(this CommandKind kind) => kind != CommandKind.Message;

    /// <summary>
    /// Whether a device that has reported since shows that the command did what it is for, even if its answer was lost. Of a
    /// lock nothing can be seen, so it does not.
    /// </summary>
    public static bool IsProvenByContact(this CommandKind kind) =>
        kind is CommandKind.Sync or CommandKind.Query or CommandKind.RequestApps;
}
