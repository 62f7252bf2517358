using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>An assignment that this publication made.</summary>
/// <param name="Name">Its name in the UEM.</param>
/// <param name="LastRead">As it was read back after it was made; null while the answer of the making is lost.</param>
/// <param name="Leaving">A list without it was sent, and may arrive late: that it is gone is nobody's doing.</param>
public sealed record OwnedAssignment(string Name, JsonElement? LastRead, bool Leaving = false);

/// <summary>What is to be done about an app's assignments.</summary>
public abstract record AssignmentPlan
{
    private AssignmentPlan() { }

    /// <summary>It is as it should be: no call.</summary>
    /// <param name="Current">As read, for the record of what is ours.</param>
    public sealed record Nothing(AssignmentList Current) : AssignmentPlan;

    /// <summary>One call that replaces the list.</summary>
    /// <param name="Read">The list that the plan rests on: read it again before sending.</param>
    /// <param name="ToSend">The whole list afterwards.</param>
    /// <param name="Added">Names of assignments that come.</param>
    /// <param name="Changed">Names of ours that become different.</param>
    /// <param name="Removed">Names of ours that go.</param>
    /// <param name="Shadowed">Foreign assignments that come first for smart groups of ours; see <see cref="Shadow"/>.</param>
    public sealed record Send(
        AssignmentList Read,
        AssignmentList ToSend,
        IReadOnlyList<string> Added,
        IReadOnlyList<string> Changed,
        IReadOnlyList<string> Removed,
        IReadOnlyList<Shadow> Shadowed
    ) : AssignmentPlan;

    /// <summary>Somebody else touched what is ours: a person decides.</summary>
    /// <param name="Reason">What is otherwise, and what to do.</param>
    public sealed record Stop(string Reason) : AssignmentPlan;
}

/// <summary>A device in both gets the app by the foreign assignment, without our configuration.</summary>
/// <param name="Own">Name of ours.</param>
/// <param name="Foreign">Name of the one that comes first; null where it has none.</param>
/// <param name="SmartGroup">The group that is in both.</param>
public sealed record Shadow(string Own, string? Foreign, Guid SmartGroup);

/// <summary>What the reading right before sending says about a plan.</summary>
public enum AssignmentCheck
{
    /// <summary>Nothing has changed: send.</summary>
    Send,

    /// <summary>Somebody changed what is theirs: plan anew with what was read now.</summary>
    Replan,

    /// <summary>Somebody changed what is ours: a person decides.</summary>
    Stop,
}

/// <summary>What reading back says about a list that was sent.</summary>
public enum AssignmentReadBack
{
    /// <summary>All of ours is there as wanted, and the rest as it was.</summary>
    Done,

    /// <summary>Nothing of it is there: it may be sent again, after planning anew.</summary>
    NotDone,

    /// <summary>Ours is there, and the rest is not as it was: somebody wrote at the same time.</summary>
    ForeignChanged,

    /// <summary>Some of it is there and some not, or ours looks otherwise than sent: a person decides.</summary>
    Mixed,
}
