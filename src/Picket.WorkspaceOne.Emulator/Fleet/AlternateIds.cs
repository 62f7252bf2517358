namespace Picket.WorkspaceOne.Emulator.Fleet;

internal enum AlternateKind
{
    SerialNumber,
    Udid,
    MacAddress,
    Imei,
}

/// <summary>
/// Finds devices by the identifiers of their hardware. The first question of a kind makes a sorted list of hashes,
/// eight bytes a device; nothing is kept of kinds that nobody asks for.
/// </summary>
internal sealed class AlternateIds(DeviceGenerator generator, int count)
{
    private readonly Lazy<long[]>[] sorted =
    [
        .. Enum.GetValues<AlternateKind>().Select(kind => new Lazy<long[]>(() => Sorted(generator, count, kind))),
    ];

    public int? Find(AlternateKind kind, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var hashes = sorted[(int)kind].Value;
        var hash = Hash(text);
        for (var at = First(hashes, hash); at < hashes.Length && hashes[at] >> 32 == hash; at++)
        {
            var index = (int)hashes[at];
            if (generator.Alternate(kind, index).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return null;
    }

    private static long[] Sorted(DeviceGenerator generator, int count, AlternateKind kind)
    {
        var all = new long[count];
        for (var index = 0; index < count; index++)
        {
            all[index] = Hash(generator.Alternate(kind, index)) << 32 | (uint)index;
        }

        Array.Sort(all);
        return all;
    }

    private static int First(long[] hashes, long hash)
    {
        var at = Array.BinarySearch(hashes, hash << 32);
        return at < 0 ? ~at : at;
    }

    /// <summary>31 bits, so that a hash and an index fit into one positive number.</summary>
    private static long Hash(string text) => string.GetHashCode(text, StringComparison.OrdinalIgnoreCase) & 0x7FFF_FFFF;
}
