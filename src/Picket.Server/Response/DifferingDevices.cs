using NeverTouched = Picket.Core.Response.NeverTouched;
using TagState = Picket.Core.Response.TagState;

namespace Picket.Server.Response;

/// <summary>Devices that do not carry what they should.</summary>
/// <param name="Never">By number those of them that are on the never-touch list: they stay as they are.</param>
/// <param name="Drifted">
/// Numbers of those that others changed, and that stay so until a person decides; and of those that are another integration's.
/// </param>
internal sealed record DifferingDevices(
    IReadOnlyList<TagState> All,
    IReadOnlyDictionary<int, NeverTouched> Never,
    IReadOnlySet<long> Drifted
)
{
    public IEnumerable<TagState> Touched =>
        All.Where(state => !Never.ContainsKey((int)state.Device) && !Drifted.Contains(state.Device));

    public IEnumerable<TagState> Left => All.Where(state => Never.ContainsKey((int)state.Device));

    /// <summary>For the planner.</summary>
    public IReadOnlySet<long> LeftNumbers => Never.Keys.Select(number => (long)number).Concat(Drifted).ToHashSet();

    /// <summary>Those of which it is not known whether an entry names them.</summary>
    public int InDoubt => Never.Values.Count(never => !never.IsCertain);
}
