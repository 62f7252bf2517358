using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Brakes;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>
/// Works at publications that are due: 1 take one; 2 write the ring that begins, or take all back; 3 read how the app
/// stands; 4 decide whether the next ring begins; 5 say how it stands, and when it goes on.
/// </summary>
public sealed class PublicationRunner(
    PicketDatabase database,
    UemConnections connections,
    IOptions<DeploymentOptions> options,
    TimeProvider time,
    ILogger<PublicationRunner> log
)
{
    private const int MostFailures = 5;
    private static readonly TimeSpan ReadEndedEvery = TimeSpan.FromDays(1);

    public async Task RunDueAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } publication) // 1
        {
            var state = publication.State;
            try
            {
                await WorkAsync(publication, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return; // The process stops; the row stays as it is and is taken up again.
            }
            catch (OutdatedWordException)
            {
                continue;
            }
            catch (DeploymentStoppedException stopped)
            {
                Stop(publication, stopped.Message);
            }
            catch (WritesStoppedException stopped)
            {
                publication.Reason = stopped.Reason; // It stays due; whoever releases has it taken up again.
                await SaveAsync(publication, state);
                return;
            }
            catch (WorkspaceOneException failure)
            {
                WaitOrStop(publication, failure);
            }
            catch (Exception unexpected)
            {
                DeploymentLog.Broke(log, publication.Id, unexpected);
                Stop(
                    publication,
                    $"An unexpected error ({unexpected.GetType().Name}: {unexpected.Message}). The server's log names it; resume when it is mended."
                );
            }

            await SaveAsync(publication, state); // 5
        }
    }

    private async Task WorkAsync(PublicationRow publication, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == publication.IntegrationId, cancellation);
        if (integration.WhyNotAsked is { } refusal)
        {
            throw new DeploymentStoppedException(refusal);
        }

        var rings = await db
            .PublicationRings.Where(row => row.PublicationId == publication.Id)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellation);
        var connection = await connections.OpenAsync(publication.IntegrationId, cancellation);
        try
        {
            await WorkAsync(publication, rings, integration, connection.Client, cancellation);
        }
        finally
        {
            // What was confirmed is kept, whatever came after it.
            await db.SaveChangesAsync(CancellationToken.None);
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    private async Task WorkAsync(
        PublicationRow publication,
        List<PublicationRingRow> rings,
        IntegrationRow integration,
        WorkspaceOneClient client,
        CancellationToken cancellation
    )
    {
        var reading = new PublicationReading(database, client, time);
        var isWriting =
            publication.State == PublicationState.Undoing
            || (
                publication.State == PublicationState.Running && rings[publication.Begun - 1].State == RingState.Writing
            );
        var writing = new PublicationWriting(database, client, integration.OrganizationGroupId, time, log);
        if (isWriting && !await writing.WriteAsync(publication, rings, reading, cancellation)) // 2
        {
            TryLater(publication, "What was sent is not in the UEM. It is tried again.");
            return;
        }

        if (publication.State == PublicationState.Undone)
        {
            return;
        }

        var group = integration.OrganizationGroupUuid ?? throw new DeploymentStoppedException("Run the doctor first.");
        if (await reading.ReadAsync(publication, group, rings, cancellation) is not { } readAt) // 3
        {
            TryLater(publication, "The UEM's listing of the app's devices does not add up. It is read again.");
            return;
        }

        publication.ReadAt = readAt;
        publication.Failures = 0;
        publication.GoesOnAt =
            time.GetUtcNow()
            + (
                publication.State == PublicationState.Completed
                    ? ReadEndedEvery
                    : TimeSpan.FromMilliseconds(options.Value.ReadEveryMilliseconds)
            );
        if (publication.State == PublicationState.Running)
        {
            RingCourse.Decide(publication, rings, time.GetUtcNow()); // 4
            publication.GoesOnAt =
                publication.State == PublicationState.Completed
                    ? publication.EndedAt + ReadEndedEvery
                    : publication.GoesOnAt;
        }
    }

    private void TryLater(PublicationRow publication, string why)
    {
        if (++publication.Failures >= MostFailures)
        {
            Stop(publication, why);
            return;
        }

        publication.Reason = Acts(publication) ? why : publication.Reason;
        publication.GoesOnAt =
            time.GetUtcNow() + (TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds) * publication.Failures);
    }

    private void WaitOrStop(PublicationRow publication, WorkspaceOneException failure)
    {
        publication.Failures++;
        var now = time.GetUtcNow();
        var first = TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds);
        if (WriteFailure.Wait(failure, publication.Failures, first, now) is { } wait)
        {
            publication.Reason = Acts(publication) ? failure.Message : publication.Reason;
            publication.GoesOnAt = now + wait;
            return;
        }

        Stop(
            publication,
            failure is PermissionMissingException refused
                ? MissingRight.Explain(refused, DeploymentProblems.WriteRight, "then resume")
                : failure.Message
        );
    }

    /// <summary>A person decides. One that is only read any more keeps what it said: how old the reading is shows.</summary>
    private void Stop(PublicationRow publication, string reason)
    {
        if (Acts(publication))
        {
            (publication.State, publication.Reason) = (PublicationState.Paused, reason);
            publication.GoesOnAt = null;
        }
        else
        {
            publication.GoesOnAt = time.GetUtcNow() + ReadEndedEvery;
        }
    }

    private static bool Acts(PublicationRow publication) =>
        publication.State is PublicationState.Running or PublicationState.Undoing;

    private async Task<PublicationRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var due = db.Publications.Where(row => row.IntegrationId == integrationId && row.GoesOnAt <= now);
        if (await WriteStops.CurrentAsync(db, cancellation) is { Text: var why })
        {
            // Those that only read how the app stands go on.
            var writing = due.Where(row =>
                row.State == PublicationState.Undoing
                || (
                    row.State == PublicationState.Running
                    && db.PublicationRings.Any(ring =>
                        ring.PublicationId == row.Id && ring.Number == row.Begun - 1 && ring.State == RingState.Writing
                    )
                )
            );
            await writing
                .Where(row => row.Reason != why)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, why), cancellation);
            due = due.Where(row => !writing.Any(each => each.Id == row.Id));
        }

        return await due.AsNoTracking().OrderBy(row => row.GoesOnAt).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Only upon the word of a person that it was done for: a newer one stays.</summary>
    private async Task SaveAsync(PublicationRow row, PublicationState before)
    {
        await using var db = database.Open();
        await db
            .Publications.Where(each => each.Id == row.Id && each.Word == row.Word)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(each => each.State, row.State)
                    .SetProperty(each => each.Begun, row.Begun)
                    .SetProperty(each => each.Touched, row.Touched)
                    .SetProperty(each => each.Reason, row.Reason)
                    .SetProperty(each => each.Failures, row.Failures)
                    .SetProperty(each => each.GoesOnAt, row.GoesOnAt)
                    .SetProperty(each => each.ReadAt, row.ReadAt)
                    .SetProperty(each => each.EndedAt, row.EndedAt)
            );
        if (row.State != before)
        {
            DeploymentLog.Became(log, row.Id, row.State, row.Reason);
        }
    }
}
