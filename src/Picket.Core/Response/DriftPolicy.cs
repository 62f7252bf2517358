namespace Picket.Core.Response;

/// <summary>What follows when somebody else changed what is ours.</summary>
public enum DriftAnswer
{
    /// <summary>It is made as it was, at once.</summary>
    Repair,

    /// <summary>It is left until a person decides.</summary>
    Ask,
}

/// <summary>What the policy says of changes by others.</summary>
/// <param name="Devices">A tag was put on devices, or taken off them.</param>
/// <param name="Renamed">A tag was renamed. We go on with it by its number meanwhile.</param>
/// <param name="Deleted">A tag was deleted. Made anew it is another tag to the UEM: what named the old one does not name it.</param>
/// <param name="References">A smart group does not name a tag any more, or by its old number.</param>
public sealed record DriftPolicy(
    DriftAnswer Devices,
    DriftAnswer Renamed,
    DriftAnswer Deleted,
    DriftAnswer References = DriftAnswer.Ask
)
{
    /// <summary>
    /// Protection comes back by itself; a name, without which nothing stops, is for people to settle, and so are smart groups,
    /// which are theirs.
    /// </summary>
    public static readonly DriftPolicy Default = new(DriftAnswer.Repair, DriftAnswer.Ask, DriftAnswer.Repair);

    public DriftAnswer For(DriftKind kind) =>
        kind switch
        {
            DriftKind.Renamed => Renamed,
            DriftKind.Deleted => Deleted,
            DriftKind.NotNamed or DriftKind.OldNumber => References,
            _ when TagDrift.IsReference(kind) => DriftAnswer.Ask,
            _ => Devices,
        };
}
