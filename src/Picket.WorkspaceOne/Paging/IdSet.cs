namespace Picket.WorkspaceOne.Paging;

/// <summary>
/// Ids seen so far: open addressing over 8-byte keys, 12 bytes a row when the size is known before (a HashSet
/// takes 24 to 40). Key 0 is "no id" and not allowed.
/// </summary>
internal sealed class IdSet
{
    private const double Fill = 0.7;
    private const int MostOnTrust = 1_000_000;

    private long[] slots = new long[64];

    public int Count { get; private set; }

    internal int Capacity => slots.Length;

    /// <summary>
    /// Makes room once, so that no growth doubles the memory in the middle of a listing. The number is what a server
    /// says, so no more is taken on its word than 12 MB.
    /// </summary>
    public void Reserve(int rows)
    {
        var wanted = (int)(Math.Clamp(rows, 0, MostOnTrust) / Fill) + 64;
        if (wanted > slots.Length)
        {
            Rebuild(wanted);
        }
    }

    public bool Add(long key)
    {
        ArgumentOutOfRangeException.ThrowIfZero(key);
        if (Count + 1 > slots.Length * Fill)
        {
            Rebuild(slots.Length * 2);
        }

        return Insert(key);
    }

    private bool Insert(long key)
    {
        // Fibonacci hashing spreads consecutive ids; the high half scales to any table size without a division.
        var hash = (ulong)key * 0x9E3779B97F4A7C15UL;
        var slot = (int)Math.BigMul(hash, (ulong)slots.Length, out _);
        while (slots[slot] != 0)
        {
            if (slots[slot] == key)
            {
                return false;
            }

            slot = slot + 1 == slots.Length ? 0 : slot + 1;
        }

        slots[slot] = key;
        Count++;
        return true;
    }

    private void Rebuild(int size)
    {
        var old = slots;
        (slots, Count) = (new long[size], 0);
        foreach (var key in old)
        {
            if (key != 0)
            {
                Insert(key);
            }
        }
    }
}
