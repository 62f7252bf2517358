using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Nudges and their devices, for whoever looks.</summary>
public sealed class NudgeQueries(PicketDatabase database)
{
    /// <returns>Null when there is no such publication.</returns>
    public async Task<Page<NudgeView>?> ListAsync(Guid publication, NudgeFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (!await db.Publications.AnyAsync(row => row.Id == publication, cancellation))
        {
            return null;
        }

        var page = await db
            .Nudges.AsNoTracking()
            .Where(row => row.PublicationId == publication)
            .ToPageAsync(
                row => row.Id,
                Keyset.Parse(filter.Cursor),
                filter.Limit,
                row => row,
                cancellation,
                newestFirst: true
            );
        return new Page<NudgeView>(await ViewsAsync(db, page.Items, cancellation), page.Next);
    }

    public async Task<NudgeView?> GetAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Nudges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return row is null ? null : (await ViewsAsync(db, [row], cancellation))[0];
    }

    /// <returns>Null when there is no such nudge.</returns>
    public async Task<Page<NudgeDeviceView>?> DevicesAsync(
        Guid id,
        NudgeDeviceFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var nudge = await db.Nudges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (nudge is null)
        {
            return null;
        }

        var rows = db.NudgeDevices.AsNoTracking().Where(row => row.NudgeId == id);
        if (filter.State is { } state)
        {
            // As they are counted: the one that is on its way waits, too.
            rows = rows.Where(row =>
                row.State == state || (state == NudgeDeviceState.Waiting && row.State == NudgeDeviceState.Sending)
            );
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation
        );
        var numbers = page.Items.Select(row => row.RemoteId).ToList();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == nudge.IntegrationId && numbers.Contains(row.RemoteId))
            .Select(row => new
            {
                row.RemoteId,
                row.Id,
                row.FriendlyName,
            })
            .ToDictionaryAsync(row => row.RemoteId, cancellation);
        var entries = page.Items.Select(row => row.LedgerEntryId).OfType<Guid>().ToList();
        var errors = await db
            .Ledger.Where(row => entries.Contains(row.Id) && row.Error != null)
            .ToDictionaryAsync(row => row.Id, row => row.Error, cancellation);
        return new Page<NudgeDeviceView>(
            [
                .. page.Items.Select(row => new NudgeDeviceView
                {
                    DeviceId = devices.GetValueOrDefault(row.RemoteId)?.Id,
                    UemId = row.RemoteId,
                    FriendlyName = devices.GetValueOrDefault(row.RemoteId)?.FriendlyName,
                    State = row.State,
                    Skip = row.Skip,
                    Reason =
                        row.Skip is { } skip ? NudgeWords.Of(skip)
                        : row.LedgerEntryId is { } entry ? errors.GetValueOrDefault(entry)
                        : null,
                    SentAt = row.SentAt,
                    LedgerEntryId = row.LedgerEntryId,
                }),
            ],
            page.Next
        );
    }

    private static async Task<List<NudgeView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<NudgeRow> rows,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var counted = await db
            .NudgeDevices.Where(row => ids.Contains(row.NudgeId))
            .GroupBy(row => new
            {
                row.NudgeId,
                row.State,
                row.Skip,
            })
            .Select(group => new Counted(group.Key.NudgeId, group.Key.State, group.Key.Skip, group.Count()))
            .ToListAsync(cancellation);
        var of = counted.ToLookup(each => each.Nudge);
        return [.. rows.Select(row => Of(row, [.. of[row.Id]]))];
    }

    private static NudgeView Of(NudgeRow row, IReadOnlyList<Counted> counted)
    {
        return new NudgeView
        {
            Id = row.Id,
            PublicationId = row.PublicationId,
            IntegrationId = row.IntegrationId,
            Gap = (DeploymentGap)row.Gap,
            Stage = (DeploymentStage?)row.Stage,
            Channel = row.Channel,
            Subject = row.Subject,
            Text = row.Text,
            State = row.State,
            Reason = row.Reason,
            Devices = counted.Sum(each => each.Devices),
            Waiting = Of(NudgeDeviceState.Waiting) + Of(NudgeDeviceState.Sending),
            Sent = Of(NudgeDeviceState.Sent),
            Refused = Of(NudgeDeviceState.Refused),
            Unclear = Of(NudgeDeviceState.Unclear),
            Skipped = Of(NudgeDeviceState.Skipped),
            Skips =
            [
                .. counted
                    .Where(each => each.Skip is not null)
                    .OrderBy(each => each.Skip)
                    .Select(each => new NudgeSkipCount(each.Skip!.Value, each.Devices, NudgeWords.Of(each.Skip.Value))),
            ],
            MadeAt = row.MadeAt,
            GoesOnAt = row.GoesOnAt,
            EndedAt = row.EndedAt,
        };

        int Of(NudgeDeviceState state) => counted.Where(each => each.State == state).Sum(each => each.Devices);
    }

    private sealed record Counted(Guid Nudge, NudgeDeviceState State, NudgeSkip? Skip, int Devices);
}
