namespace Picket.Core.Response;

/// <summary>Cuts bulk calls to the size that the UEM takes, which is a setting of its own and not known beforehand.</summary>
public static class TagBatches
{
    /// <summary>Devices in ascending order, each once.</summary>
    public static IEnumerable<TagCall> Split(TagCall call, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return call.Devices.Distinct().Order().Chunk(batchSize).Select(part => call with { Devices = part });
    }

    /// <summary>The size to go on with after the UEM said that a batch was over its limit; null when one was too many.</summary>
    public static int? Halve(int refusedSize) => refusedSize > 1 ? (refusedSize + 1) / 2 : null;

    /// <summary>What is still to be sent, cut anew; the refused call comes first.</summary>
    public static IReadOnlyList<TagCall> Recut(TagCall refused, IEnumerable<TagCall> waiting, int batchSize) =>
        [.. waiting.Prepend(refused).SelectMany(call => Split(call, batchSize))];
}
