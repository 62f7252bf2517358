using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>
/// Looks which smart groups name our tags: 1 whether it is due; 2 read; 3 note what changed; 4 the compliance policies that are
/// watched; 5 repair what may be, whatever became of 4; 6 say when the next look is. Seldom, as each smart group is a call.
/// </summary>
public sealed class ReferenceRunner(
    PicketDatabase database,
    UemConnections connections,
    PolicyStore policies,
    TimeProvider time,
    ILogger<ReferenceRunner> log
)
{
    /// <summary>Whoever has just switched tags on is making the smart groups for them.</summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>Until a second look tells whether what was missed is missing.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WhileStopped = TimeSpan.FromMinutes(30);

    /// <summary>Whoever asks for a look again and again does not have everything read each time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    /// <summary>Integrations of which the smart groups are to be looked at, and those of which they were and are no more.</summary>
    internal async Task<IReadOnlyList<Guid>> DueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        return await (
            from row in db.Integrations
            join known in db.ReferenceWatches on row.Id equals known.IntegrationId into watches
            from watch in watches.DefaultIfEmpty()
            where
                row.WritingEnabled
                    ? row.State != Picket.Api.IntegrationState.Paused
                        && row.State != Picket.Api.IntegrationState.CredentialRefused
                        && (watch == null || watch.NextAt <= now)
                    : watch != null
            select row.Id
        ).ToListAsync(cancellation);
    }

    /// <summary>The next look is now.</summary>
    internal async Task AskAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (
            await db.ReferenceWatches.SingleOrDefaultAsync(row => row.IntegrationId == integration, cancellation) is
            { } watch
        )
        {
            watch.NextAt = now;
        }
        else
        {
            db.ReferenceWatches.Add(new ReferenceWatchRow { IntegrationId = integration, NextAt = now });
        }

        await db.SaveChangesAsync(cancellation);
    }

    public async Task RunAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await DueAsync(integrationId, cancellation) is var (integration, watch)) // 1
        {
            var (next, trouble) = await TryLookAsync(integration, watch, cancellation); // 2 to 5
            await ScheduleAsync(watch, next, trouble, cancellation); // 6
        }
    }

    private async Task<(IntegrationRow Integration, ReferenceWatchRow Watch)?> DueAsync(
        Guid integrationId,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == integrationId, cancellation);
        var watch = await db
            .ReferenceWatches.AsNoTracking()
            .SingleOrDefaultAsync(row => row.IntegrationId == integrationId, cancellation);
        if (integration is { WritingEnabled: false } && watch is not null)
        {
            await EndAsync(db, integrationId, cancellation);
        }
        else if (integration is { WritingEnabled: true } && watch is null)
        {
            db.ReferenceWatches.Add(
                new ReferenceWatchRow { IntegrationId = integrationId, NextAt = time.GetUtcNow() + BeforeFirst }
            );
            await db.SaveChangesAsync(cancellation);
        }
        else if (
            integration is { WritingEnabled: true, WhyNotAsked: null }
            && watch is not null
            && watch.NextAt <= time.GetUtcNow()
        )
        {
            return (integration, watch);
        }

        return null;
    }

    /// <returns>When to look next, and why this look came to nothing.</returns>
    private async Task<(TimeSpan Next, string? Trouble)> TryLookAsync(
        IntegrationRow integration,
        ReferenceWatchRow watch,
        CancellationToken cancellation
    )
    {
        try
        {
            return (await LookAsync(integration, watch, cancellation) ? Again : Every, null);
        }
        catch (WritesStoppedException stopped)
        {
            return (WhileStopped, stopped.Reason);
        }
        catch (PermissionMissingException missing)
        {
            return (AfterFailure, MissingRight.Explain(missing, "rest-smart-groups", "then have them read again"));
        }
        catch (Exception failure) when (failure is WorkspaceOneException or ReferencesUnreadException)
        {
            return (AfterFailure, failure.Message);
        }
        catch (Exception unexpected) when (!cancellation.IsCancellationRequested)
        {
            ResponseLog.LookAtReferencesBroke(log, integration.Id, unexpected);
            return (
                AfterFailure,
                $"An unexpected error ({unexpected.GetType().Name}). The server's log names it; it is tried again."
            );
        }
    }

    /// <returns>Something was missed for the first time.</returns>
    private async Task<bool> LookAsync(
        IntegrationRow integration,
        ReferenceWatchRow watch,
        CancellationToken cancellation
    )
    {
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        try
        {
            await using var db = database.Open();
            var naming = await db
                .TagReferences.Where(row => row.IntegrationId == integration.Id)
                .Select(row => row.SmartGroupId)
                .ToListAsync(cancellation);
            var readAt = await db
                .SmartGroupLooks.Where(row => row.IntegrationId == integration.Id)
                .ToDictionaryAsync(row => row.SmartGroupId, row => row.ReadAt, cancellation);
            var seen = await ReferenceReading.ReadAsync(
                connection.Client,
                integration.OrganizationGroupId,
                naming.ToHashSet(),
                readAt,
                time.GetUtcNow() - Fresh,
                cancellation
            ); // 2
            var answer = (await policies.CurrentAsync(db, cancellation)).Book.Document.Drift.References;
            var isFirst = await new ReferenceNotes(db, integration, answer, time.GetUtcNow()).NoteAsync(
                seen,
                cancellation
            ); // 3
            await db.SaveChangesAsync(cancellation);
            (watch.ReadAt, watch.Listed) = (time.GetUtcNow(), seen.Listed.Count);
            var (isFirstOfPolicies, unread) = await TryPoliciesAsync(integration, connection.Client, cancellation); // 4
            await new ReferenceRepair(database, connection.Client, integration, time).RepairAsync(cancellation); // 5
            return unread is null ? isFirst || isFirstOfPolicies : throw unread;
        }
        finally
        {
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    /// <returns>Also why they could not be read: that keeps no smart group from its repair.</returns>
    private async Task<(bool IsFirst, Exception? Unread)> TryPoliciesAsync(
        IntegrationRow integration,
        WorkspaceOneClient client,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var db = database.Open();
            var isFirst = await PolicyNotes.NoteAsync(db, integration, client, time.GetUtcNow(), cancellation);
            await db.SaveChangesAsync(cancellation);
            return (isFirst, null);
        }
        catch (Exception failure) when (failure is WorkspaceOneException or ReferencesUnreadException)
        {
            return (false, failure);
        }
    }

    /// <summary>Unless somebody asked for another look meanwhile.</summary>
    private async Task ScheduleAsync(
        ReferenceWatchRow watch,
        TimeSpan next,
        string? trouble,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = db.ReferenceWatches.Where(row => row.IntegrationId == watch.IntegrationId);
        var (taken, at) = (watch.NextAt, time.GetUtcNow() + next);
        await row.Where(row => row.NextAt == taken)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, at), cancellation);
        await row.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.ReadAt, watch.ReadAt)
                    .SetProperty(row => row.Listed, watch.Listed)
                    .SetProperty(row => row.Trouble, trouble),
            cancellation
        );
    }

    /// <summary>While writing is off nothing is noted, and what was open is over.</summary>
    private async Task EndAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await db
            .Drift.Where(row => row.IntegrationId == integration && row.EndedAt == null)
            .Where(row => row.Kind >= DriftKind.NotNamed)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.EndedAt, now)
                        .SetProperty(
                            row => row.State,
                            row => row.State == DriftState.Open ? DriftState.Gone : row.State
                        ),
                cancellation
            );
        await db.TagReferences.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.SmartGroupLooks.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.ReferenceWatches.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
    }
}
