using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Wire;

internal delegate Answer ApiHandler(ApiCall call);

/// <summary>One method and path with a handler per version, and what a role needs for it.</summary>
internal sealed record ApiRoute(string Method, string Template, RouteNeed Need, SortedList<int, ApiHandler> Versions)
{
    public string SupportedVersions { get; } = string.Join(", ", Versions.Keys);

    public bool IsBelowLowest(int asked) => asked < Versions.Keys[0];

    /// <summary>
    /// The highest version that is not above the asked one. Recordings prove the fall from above; what happens below
    /// the lowest is unknown; unless told otherwise, the lowest answers here.
    /// </summary>
    public int Negotiate(int asked)
    {
        var chosen = Versions.Keys[0];
        foreach (var version in Versions.Keys)
        {
            if (version <= asked)
            {
                chosen = version;
            }
        }

        return chosen;
    }
}
