namespace Picket.Core.Response;

/// <summary>A tag that Picket made or was told to own.</summary>
/// <param name="Id">The UEM's number for it; null while it has to be made.</param>
/// <param name="Level">The level's ordinal that it stands for; null for one of a policy's set, and for a retired one.</param>
/// <param name="Set">The set of the policy that it is of, or was of when it was retired; null for the set of levels.</param>
public sealed record OwnedTag(long? Id, string Name, int? Level, string? Set = null)
{
    /// <summary>It only waits to be taken off: nobody can want it.</summary>
    public bool Retired { get; init; }
}

/// <summary>The tags that Picket may put on devices and take off them. All others are foreign and never touched.</summary>
public sealed class TagSet
{
    private readonly Dictionary<int, OwnedTag> byLevel;
    private readonly Dictionary<string, OwnedTag> byName;
    private readonly Dictionary<long, OwnedTag> byId;

    public TagSet(IEnumerable<OwnedTag> tags)
    {
        Tags = [.. tags];
        byLevel = Tags.Where(tag => tag.Level is not null).ToDictionary(tag => tag.Level!.Value);
        byName = Tags.Where(tag => tag is { Level: null, Set: not null, Retired: false })
            .ToDictionary(tag => tag.Name, StringComparer.Ordinal);
        byId = Tags.Where(tag => tag.Id is not null).ToDictionary(tag => tag.Id!.Value);
    }

    public IReadOnlyList<OwnedTag> Tags { get; }

    /// <summary>The name of a level's tag: the prefix is the administrator's, to the letter.</summary>
    public static string Name(string prefix, string level) => prefix + level;

    public OwnedTag? ForLevel(int level) => byLevel.GetValueOrDefault(level);

    /// <summary>A tag of the policy's sets; null where it is none, or none yet.</summary>
    public OwnedTag? OfSet(string name) => byName.GetValueOrDefault(name);

    /// <summary>Null for a foreign tag.</summary>
    public OwnedTag? Owned(long id) => byId.GetValueOrDefault(id);
}

/// <summary>One device: the level whose tag it should carry, other tags that it should, and those that it carries as confirmed.</summary>
/// <param name="Device">The UEM's number for the device.</param>
/// <param name="WantedLevel">Null when it should carry none (Unknown, unless asked).</param>
/// <param name="CurrentTags">Tag numbers; foreign ones may be among them.</param>
public sealed record TagState(long Device, int? WantedLevel, IReadOnlyCollection<long> CurrentTags)
{
    /// <summary>Names of tags of the policy's sets, at most one of each set.</summary>
    public IReadOnlyCollection<string> WantedOfSets { get; init; } = [];
}
