namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// Dice that fall alike for the same (seed, kind, index, throw). The fleet is computed from them instead of stored.
/// </summary>
internal readonly struct Dice(ulong seed, ulong kind, long index)
{
    private readonly ulong start = Mix(seed * 0x9E3779B97F4A7C15 + kind * 0xD1B54A32D192ED03 + (ulong)index);

    public ulong Bits(int throwNumber) => Mix(start + (ulong)(throwNumber + 1) * 0x9E3779B97F4A7C15);

    public int Below(int throwNumber, int limit) => (int)(((Bits(throwNumber) >> 32) * (ulong)limit) >> 32);

    public bool Chance(int throwNumber, int perMille) => Below(throwNumber, 1000) < perMille;

    /// <summary>An index of <paramref name="weights"/>, each as likely as its weight.</summary>
    public int Weighted(int throwNumber, ReadOnlySpan<int> weights)
    {
        var total = 0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = Below(throwNumber, total);
        var choice = 0;
        while (left >= weights[choice])
        {
            left -= weights[choice++];
        }

        return choice;
    }

    // The finalizer of splitmix64 (public domain, S. Vigna): every input bit reaches every output bit.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
