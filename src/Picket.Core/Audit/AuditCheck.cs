using System.Globalization;

namespace Picket.Core.Audit;

/// <summary>What is wrong with the chain, and at which entry.</summary>
public sealed record AuditFault(long Sequence, string What);

/// <summary>
/// Follows the chain from its first entry to its last, one entry at a time. Heads that were signed earlier show what the
/// chain alone cannot: that its end was cut off, or that it was written anew from some entry on.
/// </summary>
public sealed class AuditCheck(IEnumerable<AuditHead> heads)
{
    private const int MostFaults = 100;

    private readonly List<AuditHead> heads = [.. heads];
    private readonly List<AuditFault> faults = [];
    private string? previousHash = AuditRecord.Beginning;

    /// <summary>Sequence of the last entry that was seen.</summary>
    public long Last { get; private set; }

    public long Entries { get; private set; }

    public void Add(AuditLink link)
    {
        Entries++;
        var sequence = link.Record.Sequence;
        if (sequence <= Last)
        {
            Fault(sequence, Text($"Entry {sequence} stands behind entry {Last}: it was moved or repeated."));
            return;
        }

        if (sequence > Last + 1)
        {
            Missing(Last + 1, sequence - 1);
            previousHash = null; // Nothing can be said of the joint.
        }

        if (link.Record.HashAfter(link.PreviousHash) != link.Hash)
        {
            Fault(sequence, Text($"Entry {sequence} was altered: its hash does not fit what it says."));
        }
        else if (previousHash is not null && link.PreviousHash != previousHash)
        {
            Fault(
                sequence,
                Text($"Entry {sequence} does not continue entry {sequence - 1}: one of them was replaced.")
            );
        }

        Compare(sequence, link.Hash);
        (Last, previousHash) = (sequence, link.Hash);
    }

    public IReadOnlyList<AuditFault> Finish()
    {
        if (heads.MaxBy(head => head.Sequence) is { } furthest && furthest.Sequence > Last)
        {
            Missing(Last + 1, furthest.Sequence);
        }

        return faults;
    }

    private void Compare(long sequence, string hash)
    {
        if (heads.Exists(head => head.Sequence == sequence && head.Hash != hash))
        {
            Fault(
                sequence,
                Text($"Entry {sequence} is not the one whose hash was signed: it, or one before it, was written anew.")
            );
        }
    }

    private void Missing(long from, long to) =>
        Fault(from, from == to ? Text($"Entry {from} is missing.") : Text($"Entries {from} to {to} are missing."));

    private void Fault(long sequence, string what)
    {
        if (faults.Count < MostFaults)
        {
            faults.Add(new AuditFault(sequence, what));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
