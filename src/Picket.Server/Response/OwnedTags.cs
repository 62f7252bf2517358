using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Which tags are ours, held against the UEM's listing. Only what Picket made or was told to own is.</summary>
internal sealed record OwnedTags(IReadOnlyList<OwnedTagRow> Rows, IReadOnlyList<string> Foreign)
{
    /// <summary>
    /// Rows for all levels, and all tags of the policy's sets, tracked by <paramref name="db"/>: 1 those of this integration; 2 one whose tag somebody
    /// deleted in the UEM loses its number and is made anew; 3 what a removed integration left behind in this group;
    /// 4 other prefixes, other groups and what left the policy only wait to be taken off; 5 the rest is new, unless somebody else has a tag of
    /// that name.
    /// </summary>
    public static async Task<OwnedTags> ReconcileAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<ListedTag> listed,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var rows = await db.OwnedTags.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation); // 1
        foreach (var row in rows.Where(row => row.OrganizationGroupId == integration.OrganizationGroupId))
        {
            row.RemoteId = listed.Any(tag => IsIt(tag, row, integration)) ? row.RemoteId : null; // 2
            row.Uem = integration.Address;
        }

        var names = await TagNames.OfAsync(db, integration, cancellation);
        await InheritAsync(db, integration, rows, names, listed, cancellation); // 3
        rows.ForEach(row => (row.Level, row.InForce) = (null, false)); // 4
        var foreign = new List<string>();
        foreach (var (name, level, set) in names) // 5
        {
            var row = rows.Find(row => row.IsCalled(name, integration));
            if (
                row?.RemoteId is null
                && TagAdoption.Decide(name, listed, new HashSet<long>(), new HashSet<long>())
                    is AdoptionDecision.Refuse refused
            )
            {
                foreign.Add(refused.Tag.Name);
                continue;
            }

            if (row is null)
            {
                rows.Add(row = db.OwnedTags.Add(New(integration, name, now)).Entity);
            }

            (row.Level, row.Set, row.InForce) = (level, set, true);
        }

        return new OwnedTags(rows, foreign);
    }

    public static OwnedTagRow New(IntegrationRow integration, string name, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            Uem = integration.Address,
            OrganizationGroupId = integration.OrganizationGroupId,
            Name = name,
            Since = now,
        };

    /// <summary>A number alone is no proof once the address is another: it may be another UEM.</summary>
    private static bool IsIt(ListedTag tag, OwnedTagRow row, IntegrationRow integration) =>
        tag.Id == row.RemoteId && (row.Uem == integration.Address || IsCalled(tag, row.Name));

    private static bool IsCalled(ListedTag tag, string name) =>
        tag.Name.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);

    private static async Task InheritAsync(
        PicketDbContext db,
        IntegrationRow integration,
        List<OwnedTagRow> rows,
        IReadOnlyList<TagName> names,
        IReadOnlyList<ListedTag> listed,
        CancellationToken cancellation
    )
    {
        var left = await db
            .OwnedTags.Where(row =>
                row.Uem == integration.Address
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.RemoteId != null
                && !db.Integrations.Any(other => other.Id == row.IntegrationId)
            )
            .ToListAsync(cancellation);
        foreach (
            var row in left.Where(row =>
                names.Any(ours => ours.Name == row.Name)
                && listed.Any(tag => tag.Id == row.RemoteId && IsCalled(tag, row.Name))
            )
        )
        {
            if (rows.Find(own => own.IsCalled(row.Name, integration)) is not { } own)
            {
                row.IntegrationId = integration.Id;
                rows.Add(row);
            }
            else if (own.RemoteId is null)
            {
                (own.RemoteId, own.Adopted) = (row.RemoteId, row.Adopted);
            }
        }
    }
}
