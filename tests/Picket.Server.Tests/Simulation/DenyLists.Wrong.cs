using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Simulation;

/// <summary>What they have to hold at the end.</summary>
internal sealed partial class DenyLists
{
    public async Task<List<string>> WrongAsync(PicketDbContext db)
    {
        var present = (await db.Devices.Where(row => row.GoneAt == null).Select(row => row.RemoteId).ToListAsync())
            .Where(uem.Devices.Contains)
            .ToHashSet();
        var rows = await db.OwnedAppGroups.AsNoTracking().ToListAsync();
        var apps = (await db.AppGroupApps.AsNoTracking().ToListAsync()).ToLookup(row => row.GroupId);
        var wrong = new List<string>();
        foreach (var (platform, name) in Names)
        {
            var groups = uem.AppGroups.Values.Where(group => group.IsPickets && group.Name == name).ToList();
            var denied = areWanted ? discoveries.Denied(platform, present) : [];
            var wanted = Text(groups.SelectMany(group => group.ByHand).Union(denied));
            var actual = Text(groups.SelectMany(group => group.Apps));
            if (wanted != actual)
            {
                wrong.Add($"{name} is to hold [{wanted}], and holds [{actual}].");
            }

            var known = rows.SingleOrDefault(row => row.Platform == platform);
            var ours = Text(groups.SelectMany(group => group.Apps.Except(group.ByHand)));
            var said = Text(known is null ? [] : apps[known.Id].Where(row => row.Ours).Select(row => row.AppId));
            if (ours != said || known?.RemoteId != groups.SingleOrDefault()?.Id)
            {
                wrong.Add($"Of {name}, [{ours}] is Picket's, and Picket knows [{said}] of {known?.RemoteId}.");
            }
        }

        wrong.AddRange(
            from each in foreign
            let now = uem.AppGroups.GetValueOrDefault(each.Key)
            where now is null || string.Join(' ', now.Apps) != each.Value
            select $"App group {each.Key} of others had {each.Value}."
        );
        var open = await db
            .Ledger.AsNoTracking()
            .Where(entry => entry.AppGroupId != null)
            .Where(entry =>
                entry.State != LedgerState.Confirmed
                && entry.State != LedgerState.Failed
                && entry.State != LedgerState.Undone
                && entry.State != LedgerState.Dropped
            )
            .ToListAsync();
        wrong.AddRange(open.Select(entry => $"The ledger leaves {entry.Kind} {entry.Subject} as {entry.State}."));
        return wrong;
    }

    private static string Text(IEnumerable<string> apps) => string.Join(' ', apps.Order(StringComparer.Ordinal));
}
