using Picket.Core.Sync;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// A device that becomes an employee's own takes its personal apps with it into privacy: what was kept of them in clear,
/// now and before, is turned into hashes, or deleted, in the transaction that sees the change (law 8).
/// </summary>
internal sealed class OwnershipChange(AppHiding hiding)
{
    private const int DevicesAtOnce = 200;

    /// <param name="integration">Whose rules of privacy count.</param>
    /// <param name="history">What this transaction writes into the history of devices.</param>
    public async Task SettleAsync(
        PicketDbContext db,
        Guid integration,
        IEnumerable<DeviceChangeRow> history,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var devices = history.Where(BecamePersonal).Select(change => change.DeviceId).Distinct();
        foreach (var part in devices.Chunk(DevicesAtOnce))
        {
            await hiding.SettleAsync(db, integration, part, now, cancellation);
        }
    }

    private static bool BecamePersonal(DeviceChangeRow change) =>
        change.Attribute == DeviceHistory.Ownership
        && AppPrivacy.IsPersonal(Ownerships.Of(change.After))
        && !AppPrivacy.IsPersonal(Ownerships.Of(change.Before));
}
