using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Finds the groups that rings name, in the inventory.</summary>
internal static class RingGroupFinder
{
    /// <summary>Of one ring.</summary>
    public const int MostGroups = 10;

    /// <returns>The groups of each ring, and what is wrong with them, all at once.</returns>
    public static async Task<(IReadOnlyList<IReadOnlyList<RingGroup>> Groups, IReadOnlyList<string> Wrong)> FindAsync(
        PicketDatabase database,
        Guid integration,
        IReadOnlyList<RingInput> wanted,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var present = db
            .SmartGroups.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.GoneAt == null);
        var ofPeople = db
            .UserGroups.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.GoneAt == null);
        var rings = new List<IReadOnlyList<RingGroup>>();
        var reached = new Dictionary<int, int>(); // The largest share of each group so far.
        var wrong = new List<string>();
        foreach (var ring in wanted)
        {
            var groups = new List<RingGroup>();
            foreach (var (text, ofUsers) in Named(ring))
            {
                var found = ofUsers
                    ? await FindAsync(ofPeople, text, cancellation)
                    : await FindAsync(present, text, cancellation);
                var kind = ofUsers ? "user group" : "smart group";
                if (found.Count != 1)
                {
                    wrong.Add(
                        found.Count == 0
                            ? $"The inventory has no {kind} '{text}'. Make it in the UEM, and read the fleet."
                            : $"Several {kind}s are called '{text}'. Give the id."
                    );
                }
                else if (groups.All(group => group.Id != found[0].Id))
                {
                    groups.Add(found[0]);
                }
            }

            foreach (var group in groups.Where(group => !group.OfUsers))
            {
                var share = ring.SharePercent ?? 100;
                if (reached.GetValueOrDefault(group.Id) >= share)
                {
                    wrong.Add(
                        $"The smart group '{group.Name}' is in two rings, and the later one has no larger share of it."
                    );
                }

                reached[group.Id] = Math.Max(share, reached.GetValueOrDefault(group.Id));
            }

            rings.Add(groups);
        }

        return (rings, wrong);
    }

    private static IEnumerable<(string Text, bool OfUsers)> Named(RingInput ring) =>
        (ring.SmartGroups ?? [])
            .Select(text => (text?.Trim() ?? "", false))
            .Concat((ring.UserGroups ?? []).Select(text => (text?.Trim() ?? "", true)))
            .Take(MostGroups);

    /// <returns>None, one, or two of several.</returns>
    private static async Task<List<RingGroup>> FindAsync(
        IQueryable<UserGroupRow> present,
        string text,
        CancellationToken cancellation
    )
    {
        var rows = int.TryParse(text, CultureInfo.InvariantCulture, out var id)
            ? present.Where(row => row.RemoteId == id)
            : present.Where(row => row.Name == text);
        var found = await rows.Take(2).ToListAsync(cancellation);
        return [.. found.Select(row => new RingGroup(row.RemoteId, null, row.Name ?? "", OfUsers: true))];
    }

    /// <returns>None, one, or two of several.</returns>
    private static async Task<List<RingGroup>> FindAsync(
        IQueryable<SmartGroupRow> present,
        string text,
        CancellationToken cancellation
    )
    {
        var rows =
            Guid.TryParse(text, out var uuid) ? present.Where(row => row.RemoteUuid == uuid)
            : int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? present.Where(row => row.RemoteId == id)
            : present.Where(row => row.Name == text);
        var found = await rows.Where(row => row.RemoteUuid != null).Take(2).ToListAsync(cancellation);
        return [.. found.Select(row => new RingGroup(row.RemoteId, row.RemoteUuid!.Value, row.Name ?? ""))];
    }
}
