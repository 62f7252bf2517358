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
        var parse = PolicyReader.Read(asked.Text, policies.Today);
        if (!parse.Succeeded)
        {
            return new PolicyPlan { BasedOn = current.Number, Mistakes = PolicyViews.Mistakes(parse.Mistakes) };
        }

        var changes = PolicyDifference.Between(current.Document, parse.Document);
        var (all, changed) =
            asked.CheckOnly ? (0, 0)
            : changes.Count == 0 ? (await db.Devices.CountAsync(row => row.GoneAt == null, cancellation), 0)
            : await CountAsync(db, current.Book, new PolicyBook(parse.Document), cancellation);
        return new PolicyPlan
        {
            BasedOn = current.Number,
            Changes = [.. changes.Select(change => new PolicyChange(change.What, change.Before, change.After))],
            Devices = all,
            DevicesChanged = changed,
            Notes = await NotesAsync(db, parse.Document, cancellation),
        };
    }

    private static async Task<(int All, int Changed)> CountAsync(
        PicketDbContext db,
        PolicyBook before,
        PolicyBook after,
        CancellationToken cancellation
    )
    {
        var integrations = await db.Integrations.Select(row => row.Id).ToListAsync(cancellation);
        var old = await DevicePlaces.LoadAsync(db, integrations, before, cancellation);
        var now = await DevicePlaces.LoadAsync(db, integrations, after, cancellation);
        var rows = db
            .Devices.AsNoTracking()
            .Where(row => row.GoneAt == null)
            .Select(row => new
            {
                row.Id,
                row.IntegrationId,
                row.Platform,
                row.ModelIdentifier,
                row.Model,
                row.Ownership,
                row.OrganizationGroupId,
                row.UserName,
                row.SerialNumber,
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
                old.Of(row.IntegrationId, row.OrganizationGroupId, row.UserName, row.SerialNumber)
            );
            var place = now.Of(row.IntegrationId, row.OrganizationGroupId, row.UserName, row.SerialNumber);
            var pair = (before.For(subject), after.For(subject with { Place = place }));
            if (!same.TryGetValue(pair, out var judgesAlike))
            {
                same[pair] = judgesAlike = pair.Item1.JudgesAs(pair.Item2);
            }

            changed += judgesAlike ? 0 : 1;
        }

        return (all, changed);
    }

    /// <summary>A group that nobody has is most likely misspelt, which is worth a word and no mistake: it may come yet.</summary>
    private static async Task<IReadOnlyList<string>> NotesAsync(
        PicketDbContext db,
        PolicyDocument document,
        CancellationToken cancellation
    )
    {
        var integrations = await db.Integrations.Select(row => row.Id).ToListAsync(cancellation);
        var places = await DevicePlaces.LoadAsync(db, integrations, PolicyBook.Default, cancellation);
        var paths = places.Paths();
        var named = document
            .Policies.Select(policy => (policy.Name, policy.Scope.Group))
            .Concat(document.Exceptions.Select(exception => (exception.Name, exception.Scope.Group)))
            .Where(named => !named.Group.IsAll)
            .ToList();
        var notes = new List<string>();
        foreach (var (name, group) in named)
        {
            var found = paths.Count(path => group.DepthIn(path) == path.Groups.Count - 1);
            if (found != 1)
            {
                notes.Add(
                    found == 0
                        ? $"{name}: no organization group is called {group}, so it holds for no device."
                        : $"{name}: {found} organization groups are called {group}, and it holds for all of them."
                );
            }
        }

        var groups = await db
            .UserGroups.Where(row => row.GoneAt == null)
            .Select(row => row.Name)
            .Distinct()
            .ToListAsync(cancellation);
        var known = groups.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        notes.AddRange(
            new PolicyBook(document)
                .UserGroups.Where(name => !known.Contains(name))
                .Select(name => $"No user group is called {name}.")
        );
        return notes;
    }
}
