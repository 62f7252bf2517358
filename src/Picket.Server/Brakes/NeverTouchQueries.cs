using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>Entries of the never-touch list as they are shown.</summary>
public sealed class NeverTouchQueries(TimeProvider time)
{
    /// <returns>Null when the device is not on the list.</returns>
    internal async Task<NeverTouchedView?> OfDeviceAsync(
        PicketDbContext db,
        Guid integration,
        int number,
        CancellationToken cancellation
    )
    {
        var found = await NeverTouchLists.OfAsync(db, integration, [number], time.GetUtcNow(), cancellation);
        if (!found.TryGetValue(number, out var never))
        {
            return null;
        }

        var ends = await db
            .NeverTouch.Where(row => row.Id == never.Entry.Id)
            .Select(row => row.EndsAt)
            .SingleOrDefaultAsync(cancellation);
        return new NeverTouchedView(
            never.Entry.Id,
            (NeverTouchKind)never.Entry.Kind,
            never.Entry.Reason,
            never.IsCertain,
            ends
        );
    }

    internal async Task<IReadOnlyList<NeverTouchView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<NeverTouchRow> rows,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var actors = await AuditNames.OfAsync(db, rows.Select(row => row.AddedBy), cancellation);
        var users = await UsersAsync(db, rows, cancellation);
        var lost = await NeverTouchLost.OfAsync(db, rows, cancellation);
        return
        [
            .. rows.Select(row => new NeverTouchView
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                Kind = (NeverTouchKind)row.Kind,
                Value = row.Value,
                Name = users.GetValueOrDefault(row.Id),
                Reason = row.Reason,
                AddedBy = actors.GetValueOrDefault(row.AddedBy),
                AddedAt = row.AddedAt,
                EndsAt = row.EndsAt,
                Ended = row.EndsAt <= now,
                Lost = lost.Contains(row.Id),
            }),
        ];
    }

    private static async Task<Dictionary<Guid, string?>> UsersAsync(
        PicketDbContext db,
        IReadOnlyList<NeverTouchRow> rows,
        CancellationToken cancellation
    )
    {
        var names = new Dictionary<Guid, string?>();
        foreach (var row in rows.Where(row => row.Kind == Core.Response.NeverTouchKind.User))
        {
            if (int.TryParse(row.Value, out var number))
            {
                names[row.Id] = await db
                    .Users.Where(user => user.IntegrationId == row.IntegrationId && user.RemoteId == number)
                    .Select(user => user.UserName)
                    .FirstOrDefaultAsync(cancellation);
            }
        }

        return names;
    }
}
