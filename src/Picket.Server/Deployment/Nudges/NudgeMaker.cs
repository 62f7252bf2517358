using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>A person's word about messages, its audit entry in the same commit.</summary>
internal sealed class NudgeMaker(
    PicketDatabase database,
    NudgeQueries queries,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>To the devices that are at the gap by the last reading. They are fixed with it.</summary>
    /// <param name="most">Devices that the person may send to; with more of them nothing is made.</param>
    /// <returns>The nudge, or null where there are none or too many; and how many there are.</returns>
    public async Task<(NudgeView? Made, int Devices)> MakeAsync(
        PublicationRow publication,
        CreateNudge wish,
        int most,
        string actor,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var nudge = new NudgeRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = publication.IntegrationId,
            PublicationId = publication.Id,
            Gap = (FunnelGap)wish.Gap,
            Stage = (FunnelStage?)wish.Stage,
            Channel = wish.Channel,
            Subject = wish.Channel == NudgeChannel.Mail ? wish.Subject : null,
            Text = wish.Text,
            State = NudgeState.Sending,
            GoesOnAt = now,
            MadeBy = actor,
            MadeAt = now,
        };
        await using (var db = database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var numbers = await NumbersAsync(db, nudge, cancellation);
            if (numbers.Count == 0 || numbers.Count > most)
            {
                return (null, numbers.Count);
            }

            db.Nudges.Add(nudge);
            audit.Add(
                db,
                actor,
                "nudge.sent",
                $"{nudge.Id}",
                after: new
                {
                    nudge.PublicationId,
                    wish.Gap,
                    nudge.Channel,
                    Devices = numbers.Count,
                }
            );
            await db.SaveChangesAsync(cancellation);
            await database.Bulk.UpsertAsync(db, [.. numbers.Select(number => RowOf(nudge, number))], cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await grains.GetGrain<INudgeGrain>(nudge.IntegrationId).PokeAsync();
        return (await queries.GetAsync(nudge.Id, cancellation), 0);
    }

    /// <summary>No further message goes out. Whoever sends looks before each one.</summary>
    /// <returns>Null when it has ended meanwhile.</returns>
    public async Task<NudgeView?> StopAsync(NudgeRow nudge, string actor, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using (var db = database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var taken = await db
                .Nudges.Where(row => row.Id == nudge.Id && row.State == NudgeState.Sending && row.StoppedBy == null)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.StoppedBy, actor)
                            .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)now),
                    cancellation
                );
            if (taken == 0)
            {
                return null;
            }

            audit.Add(db, actor, "nudge.stopped", $"{nudge.Id}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await grains.GetGrain<INudgeGrain>(nudge.IntegrationId).PokeAsync();
        return await queries.GetAsync(nudge.Id, cancellation);
    }

    private static Task<List<int>> NumbersAsync(PicketDbContext db, NudgeRow nudge, CancellationToken cancellation)
    {
        var devices = db.PublicationDevices.Where(row =>
            row.PublicationId == nudge.PublicationId && row.Gap == nudge.Gap
        );
        if (nudge.Stage is { } stage)
        {
            devices = devices.Where(row => row.Stage == stage);
        }

        return devices
            .OrderBy(row => row.RemoteId)
            .Select(row => row.RemoteId)
            .Take(NudgeRules.MostDevices + 1)
            .ToListAsync(cancellation);
    }

    private static NudgeDeviceRow RowOf(NudgeRow nudge, int number) =>
        new()
        {
            Id = NudgeDeviceRow.IdOf(nudge.Id, number),
            NudgeId = nudge.Id,
            PublicationId = nudge.PublicationId,
            RemoteId = number,
        };
}
