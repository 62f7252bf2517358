using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>What a document would change, without changing anything: in words, and for how many devices.</summary>
internal sealed class PolicyPlanner(PicketDatabase database, PolicyStore policies)
{
    public async Task<PolicyPlan> PlanAsync(PlanPolicy asked, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var current = await policies.CurrentAsync(db, cancellation);
        var parse = await policies.ReadAsync(db, asked.Text, cancellation);
        if (!parse.Succeeded)
        {
            return new PolicyPlan { BasedOn = current.Number, Mistakes = PolicyViews.Mistakes(parse.Mistakes) };
        }

        var changes = PolicyDifference.Between(current.Document, parse.Document);
        var (all, changed, tags) =
            asked.CheckOnly ? (0, 0, [])
            : changes.Count == 0 ? (await db.Devices.CountAsync(row => row.GoneAt == null, cancellation), 0, [])
            : await CountAsync(db, current.Book, new PolicyBook(parse.Document), cancellation);
        return new PolicyPlan
        {
            BasedOn = current.Number,
            Changes = [.. changes.Select(change => new PolicyChange(change.What, change.Before, change.After))],
            Devices = all,
            DevicesChanged = changed,
            Tags = tags,
            Notes = await PolicyNotes.OfAsync(db, parse.Document, cancellation),
        };
    }

    private static async Task<(int All, int Changed, IReadOnlyList<PolicyPlanTag> Tags)> CountAsync(
        PicketDbContext db,
        PolicyBook before,
        PolicyBook after,
        CancellationToken cancellation
    )
    {
        var integrations = await db.Integrations.Select(row => row.Id).ToListAsync(cancellation);
        var old = await DevicePlaces.LoadAsync(db, integrations, before, cancellation);
        var now = await DevicePlaces.LoadAsync(db, integrations, after, cancellation);
        var tags = await PolicyTagCount.LoadAsync(db, after.Document, cancellation);
        var rows = db
            .Devices.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .Select(row => new
            {
                row.Id,
                row.Platform,
                row.ModelIdentifier,
                row.Model,
                row.Ownership,
                row.Level,
                Placed = new PlacedDevice(
                    row.IntegrationId,
                    row.RemoteId,
                    row.FirstSeenAt,
                    row.OrganizationGroupId,
                    row.UserName,
                    row.SerialNumber
                ),
            });
        var (all, changed) = (0, 0);
        var same = new Dictionary<(EffectivePolicy, EffectivePolicy), bool>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            all++;
            var platform = DevicePlatforms.Recognise(row.Platform, row.ModelIdentifier, row.Model);
            var subject = new DeviceSubject(
                row.Id.ToString(),
                platform,
                Ownerships.Of(row.Ownership),
                old.Of(row.Placed)
            );
            var then = subject with { Place = now.Of(row.Placed) };
            tags.Add(row.Id, then, row.Level);
            var pair = (before.For(subject), after.For(then));
            if (!same.TryGetValue(pair, out var judgesAlike))
            {
                same[pair] = judgesAlike = pair.Item1.JudgesAs(pair.Item2);
            }

            changed += judgesAlike ? 0 : 1;
        }

        return (all, changed, tags.Tags(before.Document));
    }
}
