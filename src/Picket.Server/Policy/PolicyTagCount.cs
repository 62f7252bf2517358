using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>For how many devices the tags of a document's sets would be, by the verdicts as they are.</summary>
internal sealed class PolicyTagCount
{
    private readonly IReadOnlyList<PolicyTagSet> sets;
    private readonly ILookup<Guid, string> weighing;
    private readonly ILookup<Guid, WantedTag> wanted;
    private readonly Dictionary<(string Set, string Tag), int> before;
    private readonly Dictionary<(string Set, string Tag), int> after = [];

    private PolicyTagCount(
        IReadOnlyList<PolicyTagSet> sets,
        ILookup<Guid, string> weighing,
        ILookup<Guid, WantedTag> wanted
    )
    {
        (this.sets, this.weighing, this.wanted) = (sets, weighing, wanted);
        before = wanted
            .SelectMany(device => device)
            .GroupBy(tag => (tag.Set, tag.Tag))
            .ToDictionary(tag => tag.Key, tag => tag.Count());
    }

    public static async Task<PolicyTagCount> LoadAsync(
        PicketDbContext db,
        PolicyDocument document,
        CancellationToken cancellation
    )
    {
        string[] kinds =
        [
            .. document.TagSets.SelectMany(set => set.Lines).SelectMany(line => line.Findings).Distinct(),
        ];
        var findings = await db
            .Findings.AsNoTracking()
            .Where(row => row.ClearedAt == null && row.Standing == FindingStanding.Counts && kinds.Contains(row.Kind))
            .OrderByDescending(row => row.Level)
            .Select(row => new { row.DeviceId, row.Kind })
            .ToListAsync(cancellation);
        var wishes = await (
            from wish in db.WantedTags.AsNoTracking()
            join device in db.Devices on wish.DeviceId equals device.Id
            where device.GoneAt == null
            select wish
        ).ToListAsync(cancellation);
        return new PolicyTagCount(
            document.TagSets,
            findings.ToLookup(finding => finding.DeviceId, finding => finding.Kind),
            wishes.ToLookup(wish => wish.DeviceId, wish => new WantedTag(wish.Set, wish.Tag, wish.Cause))
        );
    }

    public void Add(Guid device, DeviceSubject subject, RiskLevel level)
    {
        foreach (var tag in WantedTags.Of(sets, subject, level, [.. weighing[device].Distinct()], [.. wanted[device]]))
        {
            after[(tag.Set, tag.Tag)] = after.GetValueOrDefault((tag.Set, tag.Tag)) + 1;
        }
    }

    /// <param name="inForce">The document that it is compared with.</param>
    public IReadOnlyList<PolicyPlanTag> Tags(PolicyDocument inForce) =>
        [
            .. sets.Concat(inForce.TagSets)
                .SelectMany(set => set.Tags.Select(tag => (Set: set.Name, Tag: tag)))
                .Distinct()
                .Select(key => new PolicyPlanTag(
                    key.Set,
                    key.Tag,
                    before.GetValueOrDefault(key),
                    after.GetValueOrDefault(key)
                )),
        ];
}
