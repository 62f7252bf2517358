using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Counts of an integration's inventory. Counting 100,000 rows is nothing to do for each line of each list, so lists
/// show figures of the last half minute.
/// </summary>
public sealed class InventoryFigures(TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, InventoryCounts Counts, AppCoverage Apps)> seen =
        new();

    public async Task<(InventoryCounts Counts, AppCoverage Apps)> OfAsync(
        PicketDbContext db,
        Guid integration,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        if (!fresh && seen.TryGetValue(integration, out var earlier) && now - earlier.At < GoodFor)
        {
            return (earlier.Counts, earlier.Apps);
        }

        var counts = await CountAsync(db, integration, cancellation);
        var devices = db.Devices.AsNoTracking().Where(row => row.IntegrationId == integration);
        var apps = await AppCoverageQuery.OfAsync(devices, now, cancellation);
        seen[integration] = (now, counts, apps);
        return (counts, apps);
    }

    public void Forget(Guid integration) => seen.TryRemove(integration, out _);

    private static async Task<InventoryCounts> CountAsync(
        PicketDbContext db,
        Guid id,
        CancellationToken cancellation
    ) =>
        new(
            await db.Devices.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.Users.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.UserGroups.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.OrganizationGroups.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.SmartGroups.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.Administrators.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation),
            await db.Tags.CountAsync(row => row.IntegrationId == id && row.GoneAt == null, cancellation)
        );
}
