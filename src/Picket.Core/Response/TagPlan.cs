namespace Picket.Core.Response;

public enum TagAction
{
    Add,
    Remove,
}

/// <summary>One bulk call to the UEM.</summary>
public sealed record TagCall(TagAction Action, OwnedTag Tag, IReadOnlyList<long> Devices);

/// <summary>The smallest set of bulk calls that makes the UEM's tags what they should be.</summary>
/// <param name="TagsToMake">Tags that must exist before their calls are sent.</param>
/// <param name="Calls">In the order in which they are sent: all adds, then all removals.</param>
/// <param name="ChangedDevices">Devices that any call touches.</param>
public sealed record TagPlan(IReadOnlyList<OwnedTag> TagsToMake, IReadOnlyList<TagCall> Calls, int ChangedDevices)
{
    /// <summary>Changes, not devices: one device may get a tag of each set.</summary>
    public int Adds => Of(TagAction.Add).Count();

    public int Removals => Of(TagAction.Remove).Count();

    /// <summary>The devices of all calls of a kind; one may come more than once.</summary>
    public IEnumerable<long> Of(TagAction action) =>
        Calls.Where(call => call.Action == action).SelectMany(call => call.Devices);
}
