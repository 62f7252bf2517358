using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Keeps which tags of the policy's sets the devices of one batch of judging are to carry. What differs from before is written
/// in the transaction of their verdicts, and nothing else.
/// </summary>
internal sealed class WantedTagBook
{
    private readonly IReadOnlyList<PolicyTagSet> sets;
    private readonly ILookup<Guid, WantedTagRow> stored;
    private readonly List<WantedTagRow> written = [];
    private readonly List<WantedTagRow> ended = [];

    private WantedTagBook(IReadOnlyList<PolicyTagSet> sets, ILookup<Guid, WantedTagRow> stored) =>
        (this.sets, this.stored) = (sets, stored);

    public static async Task<WantedTagBook> LoadAsync(
        PicketDbContext db,
        PolicyDocument document,
        IReadOnlyCollection<Guid> devices,
        CancellationToken cancellation
    )
    {
        var rows = await db
            .WantedTags.AsNoTracking()
            .Where(row => devices.Contains(row.DeviceId))
            .ToListAsync(cancellation);
        return new WantedTagBook(document.TagSets, rows.ToLookup(row => row.DeviceId));
    }

    /// <summary>A device has a new verdict.</summary>
    /// <returns>Whether it is to carry other tags than before.</returns>
    public bool Judged(Guid device, DeviceSubject subject, Verdict verdict)
    {
        var before = stored[device].ToDictionary(row => row.Set, row => new WantedTag(row.Set, row.Tag, row.Cause));
        var wanted = WantedTags.Of(sets, subject, verdict, before.Values);
        var (writing, ending) = (written.Count, ended.Count);
        written.AddRange(
            wanted
                .Where(tag => tag != before.GetValueOrDefault(tag.Set))
                .Select(tag => new WantedTagRow
                {
                    DeviceId = device,
                    Set = tag.Set,
                    Tag = tag.Tag,
                    Cause = tag.Cause,
                })
        );
        ended.AddRange(stored[device].Where(row => wanted.All(tag => tag.Set != row.Set)));
        return (written.Count, ended.Count) != (writing, ending);
    }

    /// <summary>A device could not be judged: it keeps what was wanted, but for what called it Secure.</summary>
    public void NotJudged(Guid device) =>
        ended.AddRange(stored[device].Where(row => row.Cause == nameof(RiskLevel.Secure)));

    /// <returns>Whether anything was written: somebody's tags may differ now.</returns>
    public async Task<bool> SaveAsync(PicketDbContext db, BulkWriter bulk, CancellationToken cancellation)
    {
        await bulk.UpsertAsync(db, written, cancellation);
        foreach (var of in ended.GroupBy(row => row.Set, row => row.DeviceId))
        {
            Guid[] devices = [.. of];
            await db
                .WantedTags.Where(row => row.Set == of.Key && devices.Contains(row.DeviceId))
                .ExecuteDeleteAsync(cancellation);
        }

        return written.Count + ended.Count > 0;
    }
}
