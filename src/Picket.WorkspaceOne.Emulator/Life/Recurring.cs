using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Life;

/// <summary>
/// Something that happens to every device once per period, each at its own point of it. How often it has happened is
/// computed from seed, index and time; and who it happens to between two times is computed too, without asking every
/// device: each block of 1024 devices has its points shuffled by a permutation that can be run backwards.
/// </summary>
internal sealed class Recurring(ulong seed, ThingKind kind, TimeSpan period)
{
    private const int Slots = 1024;
    private const int Odd = 421;

    // Odd × Inverse = 1 modulo 1024.
    private const int Inverse = 557;

    private readonly long period = Math.Max(Slots * 1000L, period.Ticks);

    /// <summary>How often it has happened to a device by a time; nothing happens before the fleet's epoch.</summary>
    public int Count(int index, DateTime now)
    {
        var since = now.Ticks - DeviceGenerator.Epoch.Ticks - Phase(index);
        return since < 0 ? 0 : (int)(since / period) + 1;
    }

    /// <summary>When it happened for the <paramref name="number"/>-th time, counted from 1.</summary>
    public DateTime At(int index, int number) => DeviceGenerator.Epoch.AddTicks(Phase(index) + (number - 1) * period);

    /// <summary>To whom and when it happens after one time until another, in no order.</summary>
    public IEnumerable<(int Index, DateTime At)> Between(DateTime after, DateTime until, int devices)
    {
        if (until <= DeviceGenerator.Epoch || until <= after)
        {
            yield break;
        }

        var from = Math.Max(0, after.Ticks - DeviceGenerator.Epoch.Ticks);
        var slots = Math.Min(Slots, SlotAt(until.Ticks - DeviceGenerator.Epoch.Ticks) - SlotAt(from) + 1);
        for (var step = 0; step < slots; step++)
        {
            var slot = (int)((SlotAt(from) + step) % Slots);
            for (var block = 0; block * Slots < devices; block++)
            {
                var index = block * Slots + (((slot ^ Key(block)) * Inverse) & (Slots - 1));
                var number = index < devices ? Count(index, until) : 0;
                if (number > 0 && At(index, number) is var at && at > after)
                {
                    yield return (index, at);
                }
            }
        }
    }

    public Dice Dice(int index) => new(seed, (ulong)kind, index);

    private long SlotAt(long ticks) => (long)((Int128)ticks * Slots / period);

    private long Phase(int index)
    {
        var slot = ((index * Odd) & (Slots - 1)) ^ Key(index / Slots);
        return (long)((Int128)period * slot / Slots)
            + 1
            + Dice(index).Below(0, (int)Math.Min(int.MaxValue, period / Slots - 1));
    }

    private int Key(int block) => new Dice(seed, (ulong)kind, -1 - block).Below(1, Slots);
}
