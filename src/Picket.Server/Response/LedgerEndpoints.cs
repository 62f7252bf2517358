using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;
using CoreState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

internal static class LedgerEndpoints
{
    public static void MapLedger(this WebApplication app)
    {
        app.MapGet(Routes.Ledger, ListAsync);
        app.MapGet(Routes.LedgerEntry, GetAsync);
        app.MapGet(Routes.DeviceTags, OfDeviceAsync);
    }

    private static async Task<Results<Ok<DeviceTagsView>, NotFound>> OfDeviceAsync(
        Guid id,
        DeviceTagQueries tags,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await tags.OfAsync(user.Visible(), id, cancellation) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    private static async Task<Ok<Page<LedgerSummary>>> ListAsync(
        [AsParameters] LedgerFilter filter,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var rows = db.Ledger.AsNoTracking().WhereVisible(user.Visible(), row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.DeviceId is { } asked)
        {
            var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == asked, cancellation);
            if (device is null)
            {
                return TypedResults.Ok(new Page<LedgerSummary>([], null));
            }

            rows = rows.Where(row =>
                row.IntegrationId == device.IntegrationId
                && db.LedgerDevices.Any(entry => entry.EntryId == row.Id && entry.RemoteId == device.RemoteId)
            );
        }

        if (filter.UserId is { } person)
        {
            var devices = db.Devices.WhereOf(db, person);
            rows = rows.Where(row =>
                db.LedgerDevices.Any(entry =>
                    entry.EntryId == row.Id
                    && devices.Any(device =>
                        device.RemoteId == entry.RemoteId && device.IntegrationId == row.IntegrationId
                    )
                )
            );
        }

        if (filter.PublicationId is { } publication)
        {
            rows = rows.Where(row => row.PublicationId == publication);
        }

        if (filter.State is { } state)
        {
            rows = Stored(rows, state);
        }

        return TypedResults.Ok(
            await rows.ToPageAsync(
                row => row.Id,
                Keyset.Parse(filter.Cursor),
                filter.Limit,
                View,
                cancellation,
                newestFirst: true
            )
        );
    }

    private static async Task<Results<Ok<LedgerView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    )
    {
        var row = await db.Ledger.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return TypedResults.NotFound();
        }

        var entries = await db
            .LedgerDevices.AsNoTracking()
            .Where(entry => entry.EntryId == id)
            .OrderBy(entry => entry.RemoteId)
            .Select(entry => new
            {
                Entry = entry,
                Device = db
                    .Devices.Where(device =>
                        device.IntegrationId == row.IntegrationId && device.RemoteId == entry.RemoteId
                    )
                    .Select(device => new { device.Id, device.FriendlyName })
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellation);
        var apps = await db
            .LedgerApps.AsNoTracking()
            .Where(app => app.EntryId == id)
            .OrderBy(app => app.AppId)
            .ToListAsync(cancellation);
        var names = await AuditNames.OfAsync(db, new[] { row.WantedBy, row.ApprovedBy }.OfType<string>(), cancellation);
        return TypedResults.Ok(
            new LedgerView(
                View(row),
                [
                    .. entries.Select(entry => new LedgerDevice(
                        entry.Device?.Id,
                        entry.Entry.RemoteId,
                        entry.Device?.FriendlyName,
                        State(entry.Entry.State, failed: 0),
                        entry.Entry.ErrorCode,
                        entry.Entry.Error
                    )),
                ]
            )
            {
                Trail = new LedgerTrail(
                    row.WantedBy == LedgerEntryRow.WantedByVerdicts
                        ? row.WantedBy
                        : names.GetValueOrDefault(row.WantedBy),
                    row.HeldBy,
                    row.ApprovedBy is { } by ? names.GetValueOrDefault(by) : null,
                    row.IdempotencyKey,
                    row.Sends,
                    row.AnsweredAt,
                    row.ConfirmedAt
                ),
                Apps = [.. apps.Select(app => new LedgerApp(app.AppId, State(app.State, failed: 0)))],
            }
        );
    }

    private static LedgerSummary View(LedgerEntryRow row) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            Kind = row.Kind,
            Subject = row.Subject,
            State = State(row.State, row.Failed),
            Devices = row.Devices,
            Failed = row.Failed,
            TagRunId = row.TagRunId,
            ImportId = row.ImportId,
            PublicationId = row.PublicationId,
            CommandId = row.CommandId,
            AppGroupRunId = row.AppGroupRunId,
            WantedAt = row.WantedAt,
            SentAt = row.SentAt,
            SettledAt = row.ConfirmedAt ?? (row.State == CoreState.Failed ? row.AnsweredAt : null),
            HttpStatus = row.HttpStatus,
            ErrorCode = row.ErrorCode,
            Message = row.Error,
        };

    internal static LedgerState State(CoreState state, int failed) =>
        state switch
        {
            CoreState.Wanted or CoreState.Held => LedgerState.Wanted,
            CoreState.Approved => LedgerState.Approved,
            CoreState.Sent or CoreState.Answered => LedgerState.Sent,
            CoreState.Confirmed => failed > 0 ? LedgerState.PartlyFailed : LedgerState.Confirmed,
            CoreState.Failed => LedgerState.Failed,
            CoreState.Undone => LedgerState.Undone,
            _ => LedgerState.Discarded,
        };

    private static IQueryable<LedgerEntryRow> Stored(IQueryable<LedgerEntryRow> rows, LedgerState state) =>
        state switch
        {
            LedgerState.Wanted => rows.Where(row => row.State == CoreState.Wanted || row.State == CoreState.Held),
            LedgerState.Approved => rows.Where(row => row.State == CoreState.Approved),
            LedgerState.Sent => rows.Where(row => row.State == CoreState.Sent || row.State == CoreState.Answered),
            LedgerState.Confirmed => rows.Where(row => row.State == CoreState.Confirmed && row.Failed == 0),
            LedgerState.PartlyFailed => rows.Where(row => row.State == CoreState.Confirmed && row.Failed > 0),
            LedgerState.Failed => rows.Where(row => row.State == CoreState.Failed),
            LedgerState.Undone => rows.Where(row => row.State == CoreState.Undone),
            _ => rows.Where(row => row.State == CoreState.Dropped),
        };
}
