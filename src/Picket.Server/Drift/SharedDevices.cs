using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Drift;

/// <summary>
/// Devices that several integrations of one UEM hold. Only integrations that may write count: where one alone may, nothing
/// stands against it, and that costs one small query.
/// </summary>
internal static class SharedDevices
{
    /// <summary>Integrations at the same address whose tags are written, too.</summary>
    public static IQueryable<IntegrationRow> Others(PicketDbContext db, IntegrationRow integration) =>
        db.Integrations.Where(row =>
            row.Id != integration.Id && row.Address == integration.Address && row.WritingEnabled
        );

    /// <summary>Those whose commands are, too.</summary>
    public static IQueryable<IntegrationRow> OthersThatCommand(PicketDbContext db, IntegrationRow integration) =>
        db.Integrations.Where(row =>
            row.Id != integration.Id && row.Address == integration.Address && row.CommandsEnabled
        );

    /// <param name="others">Those that may do the same.</param>
    /// <param name="number">Only this device; null for all.</param>
    /// <returns>By the UEM's number the devices that are not this integration's to write about, with whose they are; null: of nobody.</returns>
    public static async Task<IReadOnlyDictionary<int, Guid?>> NotOursAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IQueryable<IntegrationRow> others,
        CancellationToken cancellation,
        int? number = null
    )
    {
        var tops = await others.ToDictionaryAsync(row => row.Id, row => row.OrganizationGroupId, cancellation);
        List<Guid> rivals = [.. tops.Keys];
        tops[integration.Id] = integration.OrganizationGroupId;
        if (rivals.Count == 0)
        {
            return new Dictionary<int, Guid?>();
        }

        var shared = await (
            from mine in db.Devices
            join theirs in db.Devices on mine.RemoteId equals theirs.RemoteId
            where mine.IntegrationId == integration.Id && rivals.Contains(theirs.IntegrationId)
            where mine.GoneAt == null && theirs.GoneAt == null && (number == null || mine.RemoteId == number)
            where mine.RemoteUuid == null || theirs.RemoteUuid == null || mine.RemoteUuid == theirs.RemoteUuid
            select new
            {
                mine.RemoteId,
                Mine = mine.OrganizationGroupId,
                Rival = theirs.IntegrationId,
                Theirs = theirs.OrganizationGroupId,
            }
        ).ToListAsync(cancellation);
        if (shared.Count == 0)
        {
            return new Dictionary<int, Guid?>();
        }

        var trees = await DevicePlaces.LoadTreesAsync(db, [integration.Id, .. rivals], cancellation);
        var paths = trees.Paths().ToDictionary(at => (at.Integration, at.Group), at => at.Path.Groups);
        return shared
            .GroupBy(device => (device.RemoteId, device.Mine))
            .Select(device =>
                (
                    device.Key.RemoteId,
                    Owner: DeviceOwner.Of([
                        Claim(integration.Id, device.Key.Mine),
                        .. device.Select(other => Claim(other.Rival, other.Theirs)),
                    ])
                )
            )
            .Where(device => device.Owner != integration.Id)
            .ToDictionary(device => device.RemoteId, device => device.Owner);

        DeviceClaim Claim(Guid whose, int? group) => new(whose, group is { } at ? Steps(whose, at) : null);

        // A path with a gap does not begin at the integration's own group: it tells nothing.
        int? Steps(Guid whose, int group) =>
            paths.TryGetValue((whose, group), out var path)
            && paths.TryGetValue((whose, tops[whose]), out var top)
            && top is [var first]
            && path[0] == first
                ? path.Count - 1
                : null;
    }
}
