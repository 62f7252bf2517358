namespace Picket.Server.Tests.Simulation;

/// <summary>A tag of the UEM. Picket's are those that Picket made.</summary>
internal sealed class ModelledTag(int id, string name, bool isPickets)
{
    public int Id { get; } = id;
    public string Name { get; set; } = name;
    public bool IsPickets { get; } = isPickets;
    public SortedSet<int> Carriers { get; } = [];

    /// <summary>Devices on which somebody else changed it since it was last told who carries it.</summary>
    public HashSet<int> ChangedByHand { get; } = [];

    public void ChangeByHand(int device, bool isOn)
    {
        ChangedByHand.Add(device);
        _ = isOn ? Carriers.Add(device) : Carriers.Remove(device);
    }
}

/// <summary>A bulk call that was acted on.</summary>
internal sealed record TagWrite(int Tag, bool IsAdd, IReadOnlyList<int> Devices);
