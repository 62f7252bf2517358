namespace Picket.WorkspaceOne.Wire;

/// <summary>Lists of the wire: null stands for empty, and rows may be null.</summary>
internal static class WireLists
{
    public static List<T> WithoutNulls<T>(this List<T>? rows)
        where T : class
    {
        rows?.RemoveAll(row => row is null);
        return rows ?? [];
    }
}
