using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>Findings that end for another reason than a verdict.</summary>
public static class FindingEnds
{
    /// <summary>
    /// Call it in the transaction that takes the devices out of the fleet. A device that comes back is judged anew, and
    /// what is still true of it is a new finding.
    /// </summary>
    public static Task DevicesLeftAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> devices,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        db
            .Findings.Where(row => devices.Contains(row.DeviceId) && row.ClearedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.ClearedAt, now).SetProperty(row => row.EndReason, FindingEnd.DeviceLeft),
                cancellation
            );
}
