using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// Entries of the never-touch list as they are shown. What stands in one of all integrations may be about another one: who
/// may not see all is told that there is such an entry, and where it holds, not what it says.
/// </summary>
public sealed class NeverTouchQueries(TimeProvider time)
{
    /// <returns>Null when the device is not on the list.</returns>
    internal async Task<NeverTouchedView?> OfDeviceAsync(
        PicketDbContext db,
        Guid integration,
        int number,
        Visible visible,
        CancellationToken cancellation
    )
    {
        var found = await NeverTouchLists.OfAsync(db, integration, [number], time.GetUtcNow(), cancellation);
        if (!found.TryGetValue(number, out var never))
        {
            return null;
        }

        var row = await db
            .NeverTouch.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == never.Entry.Id, cancellation);
        var hidden = row is null || IsHidden(row, visible);
        return new NeverTouchedView(
            never.Entry.Id,
            (NeverTouchKind)never.Entry.Kind,
            hidden ? "" : never.Entry.Reason,
            never.IsCertain,
            row?.EndsAt
        )
        {
            Hidden = hidden,
        };
    }

    internal async Task<IReadOnlyList<NeverTouchView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<NeverTouchRow> rows,
        Visible visible,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var actors = await AuditNames.OfAsync(db, rows.Select(row => row.AddedBy), cancellation);
        var users = await UsersAsync(db, rows, cancellation);
        var lost = await NeverTouchGroups.LostAsync(db, rows, integration: null, cancellation);
        return
        [
            .. rows.Select(row =>
            {
                var hidden = IsHidden(row, visible);
                return new NeverTouchView
                {
                    Id = row.Id,
                    IntegrationId = row.IntegrationId,
                    Kind = (NeverTouchKind)row.Kind,
                    Hidden = hidden,
                    Value = hidden ? "" : row.Value,
                    Name = UserOf(row) is { } user ? users.GetValueOrDefault(user) : null,
                    Reason = hidden ? "" : row.Reason,
                    AddedBy = hidden ? null : actors.GetValueOrDefault(row.AddedBy),
                    AddedAt = row.AddedAt,
                    EndsAt = row.EndsAt,
                    Ended = row.EndsAt <= now,
                    Lost = lost.ContainsKey(row.Id),
                    Gone = hidden
                        ? []
                        : [.. lost.GetValueOrDefault(row.Id, []).Select(group => $"{group.Name} ({group.Id})")],
                };
            }),
        ];
    }

    private static bool IsHidden(NeverTouchRow row, Visible visible) =>
        row.IntegrationId is null && visible.Integrations is not null;

    /// <summary>A user is one of an integration.</summary>
    private static (Guid, int)? UserOf(NeverTouchRow row) =>
        row is { Kind: Core.Response.NeverTouchKind.User, IntegrationId: { } integration }
        && int.TryParse(row.Value, CultureInfo.InvariantCulture, out var number)
            ? (integration, number)
            : null;

    private static async Task<Dictionary<(Guid, int), string?>> UsersAsync(
        PicketDbContext db,
        IReadOnlyList<NeverTouchRow> rows,
        CancellationToken cancellation
    )
    {
        var asked = rows.Select(UserOf).OfType<(Guid Integration, int Number)>().ToList();
        if (asked.Count == 0)
        {
            return [];
        }

        var (where, numbers) = (asked.Select(user => user.Integration).ToList(), asked.ConvertAll(user => user.Number));
        var found = await db
            .Users.Where(user => where.Contains(user.IntegrationId) && numbers.Contains(user.RemoteId))
            .Select(user => new
            {
                user.IntegrationId,
                user.RemoteId,
                user.UserName,
            })
            .ToListAsync(cancellation);
        return found
            .DistinctBy(user => (user.IntegrationId, user.RemoteId))
            .ToDictionary(user => (user.IntegrationId, user.RemoteId), user => user.UserName);
    }
}
