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
    public int Adds => Calls.Where(call => call.Action == TagAction.Add).Sum(call => call.Devices.Count);

    public int Removals => Calls.Where(call => call.Action == TagAction.Remove).Sum(call => call.Devices.Count);
}
