using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>What keeps Picket from writing, and what waits, for endpoints and pages.</summary>
public sealed class BrakeQueries(PicketDatabase database, WriteBrake brake, TimeProvider time)
{
    private const string Stopped = "All writes to every UEM are stopped";

    public async Task<BrakesView> GetAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var stop = brake.Unstored ?? await WriteStops.CurrentAsync(db, cancellation);
        return new BrakesView
        {
            Stop = stop is null ? null : (await ViewsAsync(db, [stop], cancellation))[0],
            Waiting = await WaitingAsync(db, visible, cancellation) with
            {
                Devices = stop is null ? 0 : await JudgedAnewAsync(db, visible, cancellation),
            },
            Integrations = await IntegrationBrakes.OfAsync(db, visible, time.GetUtcNow(), cancellation),
        };
    }

    /// <summary>The stop that is in force, for what is shown on every page: asks the database only while there is one.</summary>
    public async Task<WriteStopView?> StopAsync(CancellationToken cancellation)
    {
        if (brake.Current is not { } stop)
        {
            return null;
        }

        await using var db = database.Open();
        return (await ViewsAsync(db, [stop], cancellation))[0];
    }

    /// <summary>The console has a line of its own for it, on each page.</summary>
    internal static bool IsWarning(string text) => text.StartsWith(Stopped, StringComparison.Ordinal);

    /// <summary>In one sentence, for warnings.</summary>
    internal static async Task<string?> WarningAsync(PicketDbContext db, CancellationToken cancellation)
    {
        if (await WriteStops.CurrentAsync(db, cancellation) is not { } row)
        {
            return null;
        }

        var stop = (await ViewsAsync(db, [row], cancellation))[0];
        return $"{Stopped} by {stop.StoppedBy ?? "somebody"} since {stop.StoppedAt:u}: {stop.Reason}";
    }

    internal static async Task<IReadOnlyList<WriteStopView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<WriteStopRow> rows,
        CancellationToken cancellation
    )
    {
        var actors = rows.SelectMany(row => new[] { row.StoppedBy, row.ReleasedBy }).OfType<string>();
        var names = await AuditNames.OfAsync(db, actors, cancellation);
        return
        [
            .. rows.Select(row => new WriteStopView
            {
                Id = row.Id,
                Number = row.Number,
                Stored = row.Number > 0,
                StoppedBy = names.GetValueOrDefault(row.StoppedBy),
                StoppedAt = row.StoppedAt,
                Reason = row.Reason,
                ReleasedBy = row.ReleasedBy is { } by ? names.GetValueOrDefault(by) : null,
                ReleasedAt = row.ReleasedAt,
            }),
        ];
    }

    internal static async Task<IReadOnlyList<HeldRunView>> HeldAsync(
        PicketDbContext db,
        IReadOnlyList<TagRunRow> runs,
        CancellationToken cancellation
    )
    {
        var names = await AuditNames.OfAsync(db, runs.Select(run => run.ApprovedBy).OfType<string>(), cancellation);
        return
        [
            .. runs.Select(run => new HeldRunView
            {
                Id = run.Id,
                IntegrationId = run.IntegrationId,
                QueuedAt = run.QueuedAt,
                Changed = run.HeldChanged ?? 0,
                Fleet = run.HeldFleet ?? 0,
                Recent = run.HeldRecent ?? 0,
                State = run.State,
                ApprovedBy = run.ApprovedBy is { } by ? names.GetValueOrDefault(by) : null,
            }),
        ];
    }

    private static async Task<WaitingWork> WaitingAsync(
        PicketDbContext db,
        Visible visible,
        CancellationToken cancellation
    )
    {
        var imports = db
            .Imports.Where(row => row.State == ImportState.Queued || row.State == ImportState.Running)
            .WhereVisible(visible, row => row.IntegrationId);
        var nudges = db
            .Nudges.Where(row => row.State == NudgeState.Sending)
            .WhereVisible(visible, row => row.IntegrationId);
        return new WaitingWork(
            await db
                .TagRuns.Where(row => row.State == RunState.Queued || row.State == RunState.Running)
                .WhereVisible(visible, row => row.IntegrationId)
                .CountAsync(cancellation),
            await imports.CountAsync(cancellation),
            await db.ImportLines.CountAsync(
                line =>
                    line.State == ImportLineState.Waiting
                    && (line.Step == ImportStep.Create || line.Step == ImportStep.Change)
                    && imports.Any(import => import.Id == line.ImportId),
                cancellation
            ),
            await db
                .Publications.Where(row =>
                    row.State == PublicationState.Undoing
                    || (
                        row.State == PublicationState.Running
                        && db.PublicationRings.Any(ring =>
                            ring.PublicationId == row.Id
                            && ring.Number == row.Begun - 1
                            && ring.State == RingState.Writing
                        )
                    )
                )
                .WhereVisible(visible, row => row.IntegrationId)
                .CountAsync(cancellation),
            await db.NudgeDevices.CountAsync(
                device => device.State == NudgeDeviceState.Waiting && nudges.Any(nudge => nudge.Id == device.NudgeId),
                cancellation
            )
        )
        {
            AppGroupRuns = await db
                .AppGroupRuns.Where(row => row.State == RunState.Queued || row.State == RunState.Running)
                .WhereVisible(visible, row => row.IntegrationId)
                .CountAsync(cancellation),
            Commands = await db
                .DeviceCommands.Where(row =>
                    row.State == Core.Response.CommandState.Delayed || row.State == Core.Response.CommandState.Due
                )
                .WhereVisible(visible, row => row.IntegrationId)
                .CountAsync(cancellation),
        };
    }

    /// <summary>Devices whose tags differ and which no open run is about.</summary>
    private async Task<int> JudgedAnewAsync(PicketDbContext db, Visible visible, CancellationToken cancellation)
    {
        var integrations = await db
            .Integrations.AsNoTracking()
            .Where(row => row.WritingEnabled && !TagRunQueue.Open(db).Any(run => run.IntegrationId == row.Id))
            .WhereVisible(visible, row => row.Id)
            .ToListAsync(cancellation);
        var ids = integrations.ConvertAll(row => row.Id);
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(tag => ids.Contains(tag.IntegrationId))
            .ToListAsync(cancellation);
        var devices = 0;
        foreach (var row in integrations)
        {
            var differences = new TagDifferences(db, row, owned.FindAll(tag => tag.IntegrationId == row.Id));
            devices += (await differences.LoadAsync(time.GetUtcNow(), cancellation)).Touched.Count();
        }

        return devices;
    }
}
