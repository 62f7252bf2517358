using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>A smart group or a tag of the inventory that a policy names. Several can have one name.</summary>
/// <param name="ReadAt">When its members were last asked for; null: never.</param>
/// <param name="IsPickets">A tag that Picket sets by its verdicts: to judge by it would be to judge by the own output.</param>
internal sealed record NamedGroup(
    MemberOf Kind,
    Guid Id,
    Guid Integration,
    int RemoteId,
    string Name,
    DateTimeOffset? ReadAt,
    bool IsPickets
)
{
    public bool IsRead => ReadAt is not null && !IsPickets;

    public static async Task<IReadOnlyList<NamedGroup>> OfAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        PolicyBook book,
        CancellationToken cancellation
    )
    {
        var (smartGroups, tags) = (book.Named(MemberOf.SmartGroup), book.Named(MemberOf.Tag));
        var named = new List<NamedGroup>();
        if (smartGroups.Count > 0)
        {
            var rows = await db
                .SmartGroups.AsNoTracking()
                .Where(row => integrations.Contains(row.IntegrationId) && row.GoneAt == null && row.Name != null)
                .Select(row => new NamedGroup(
                    MemberOf.SmartGroup,
                    row.Id,
                    row.IntegrationId,
                    row.RemoteId,
                    row.Name!,
                    db.MembershipReadings.Where(reading => reading.Id == row.Id)
                        .Select(reading => (DateTimeOffset?)reading.ReadAt)
                        .FirstOrDefault(),
                    false
                ))
                .ToListAsync(cancellation);
            named.AddRange(rows.Where(row => smartGroups.Contains(row.Name)));
        }

        if (tags.Count > 0)
        {
            var rows = await db
                .Tags.AsNoTracking()
                .Where(row => integrations.Contains(row.IntegrationId) && row.GoneAt == null && row.Name != null)
                .Select(row => new NamedGroup(
                    MemberOf.Tag,
                    row.Id,
                    row.IntegrationId,
                    row.RemoteId,
                    row.Name!,
                    db.MembershipReadings.Where(reading => reading.Id == row.Id)
                        .Select(reading => (DateTimeOffset?)reading.ReadAt)
                        .FirstOrDefault(),
                    db.OwnedTags.Any(own =>
                        own.RemoteId == row.RemoteId
                        && db.Integrations.Any(each => each.Id == row.IntegrationId && each.Address == own.Uem)
                    )
                ))
                .ToListAsync(cancellation);
            named.AddRange(rows.Where(row => tags.Contains(row.Name)));
        }

        return named;
    }
}
