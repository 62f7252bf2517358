using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Which tags are ours, held against the UEM's listing. Only what Picket made or was told to own is.</summary>
internal sealed record OwnedTags(IReadOnlyList<OwnedTagRow> Rows, IReadOnlyList<string> Foreign)
{
    /// <summary>
    /// Rows for all levels: those that exist, tracked by <paramref name="db"/>, and new ones not yet made. A row whose
    /// tag somebody deleted in the UEM loses its number and is made anew.
    /// </summary>
    public static async Task<OwnedTags> ReconcileAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<ListedTag> listed,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var rows = await db.OwnedTags.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation);
        foreach (var gone in rows.Where(row => row.RemoteId is { } id && listed.All(tag => tag.Id != id)))
        {
            gone.RemoteId = null;
        }

        var foreign = new List<string>();
        var wanted = TagFleet
            .Levels(integration)
            .ToDictionary(level => level, level => TagSet.Name(integration.TagPrefix, level.ToString()));
        foreach (
            var retired in rows.Where(row => row.Level is { } level && wanted.GetValueOrDefault(level) != row.Name)
        )
        {
            retired.Level = null;
        }

        foreach (var (level, name) in wanted)
        {
            var row = rows.Find(row => row.Name == name);
            if (row?.RemoteId is not null)
            {
                row.Level = level;
                continue;
            }

            switch (TagAdoption.Decide(name, listed, new HashSet<long>(), new HashSet<long>()))
            {
                case AdoptionDecision.Make when row is null:
                    rows.Add(db.OwnedTags.Add(New(integration.Id, level, name, now)).Entity);
                    break;
                case AdoptionDecision.Make:
                    row!.Level = level;
                    break;
                case AdoptionDecision.Refuse refused:
                    foreign.Add(refused.Tag.Name);
                    break;
            }
        }

        return new OwnedTags(rows, foreign);
    }

    private static OwnedTagRow New(Guid integration, Core.Risk.RiskLevel level, string name, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Level = level,
            Name = name,
            Since = now,
        };
}
