using System.Runtime.InteropServices;

namespace Picket.WorkspaceOne.Paging;

/// <summary>Keys of rows for <see cref="IdSet"/>; 0 when a row has none.</summary>
internal static class RowKey
{
    public static long Of(int id) => id;

    public static long Of(Guid? uuid)
    {
        if (uuid is not { } known)
        {
            return 0;
        }

        var halves = MemoryMarshal.Cast<Guid, long>(MemoryMarshal.CreateReadOnlySpan(ref known, 1));
        return NotZero(halves[0] ^ (halves[1] * 31));
    }

    /// <summary>FNV-1a over upper-case characters: stable, and wide enough that a clash is no concern here.</summary>
    public static long Of(string? text, Guid? scope = null)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ char.ToUpperInvariant(letter)) * 1099511628211UL;
        }

        return NotZero((long)hash ^ Of(scope));
    }

    /// <summary>The key of the n-th row of a page that looks the same as others of it.</summary>
    public static long Repeated(long key, int nth) => nth == 0 ? key : NotZero(key ^ (nth * 0x5851F42D4C957F2DL));

    private static long NotZero(long hash) => hash == 0 ? 1 : hash;
}
