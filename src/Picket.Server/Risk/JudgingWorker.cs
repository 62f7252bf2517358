using Microsoft.EntityFrameworkCore;
using Picket.Core.Risk;
using Picket.Server.Hosting;
using Picket.Server.Intelligence;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// Judges the devices that wait for it: when a signal comes, at start, and once a day each, since ages move by
/// themselves. What is to be done stands in the database, so nothing is forgotten by a crash or a lost signal. What
/// goes wrong with one integration does not keep the others waiting.
/// </summary>
internal sealed class JudgingWorker(
    PicketDatabase database,
    JudgingBatch batch,
    VerdictDays days,
    IntelligenceStore intelligence,
    PolicyStore policies,
    JudgingSignal signal,
    ResponseSignal response,
    AppGroupSignal appGroups,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<JudgingWorker> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    /// <summary>Grace ends at an hour of its own on each device.</summary>
    private static readonly TimeSpan InGraceLife = TimeSpan.FromHours(1);

    /// <summary>
    /// Levels are counted through the whole fleet, while tags wait for the same processors: reports that come one after the
    /// other are counted once, when it was quiet for so long.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUncounted = TimeSpan.FromSeconds(10);

    private readonly HashSet<Guid> uncounted = [];
    private DateTimeOffset uncountedSince;
    private DateTimeOffset nextLookAtAges = DateTimeOffset.MinValue;

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var whole = await JudgeAllAsync(stopping);
                if (!await IsMoreComingAsync(stopping))
                {
                    await CountAsync(stopping);
                    await signal.WaitAsync(whole ? BetweenLooks : AfterFailure, time, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                RiskLog.Failed(log, AfterFailure, mistake);
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when an integration's devices could not be judged.</returns>
    private async Task<bool> JudgeAllAsync(CancellationToken stopping)
    {
        signal.Take();
        var whole = true;
        foreach (var integration in await DueAsync(stopping))
        {
            try
            {
                await JudgeAsync(integration, stopping);
            }
            catch (Exception mistake) when (!stopping.IsCancellationRequested)
            {
                whole = false;
                RiskLog.IntegrationFailed(log, integration, AfterFailure, mistake);
            }
        }

        return whole;
    }

    private async Task<List<Guid>> DueAsync(CancellationToken stopping)
    {
        await using var db = database.Open();
        await MarkOutdatedAsync(db, stopping);
        return await db
            .Devices.Where(device => device.JudgingDue && device.GoneAt == null)
            .Select(device => device.IntegrationId)
            .Distinct()
            .ToListAsync(stopping);
    }

    /// <summary>By its own clock alone: signals say nothing about ages, and come often.</summary>
    private async Task MarkOutdatedAsync(PicketDbContext db, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        if (now < nextLookAtAges)
        {
            return;
        }

        var outdated = now - LongestLife;
        var turn = await LastTurnAsync(db, outdated, now, stopping);
        var inGrace = now - InGraceLife;
        await db
            .Devices.Where(device => device.GoneAt == null && !device.JudgingDue)
            .Where(device =>
                device.JudgedAt <= outdated
                || device.JudgedAt < turn
                || (
                    device.JudgedAt <= inGrace
                    && db.Findings.Any(finding =>
                        finding.DeviceId == device.Id
                        && finding.ClearedAt == null
                        && finding.Standing == FindingStanding.InGrace
                    )
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.JudgingDue, true), stopping);
        nextLookAtAges = now + BetweenLooks;
    }

    /// <summary>When an exception, an indicator or support last ended: what was judged before then rests on it still.</summary>
    private async Task<DateTimeOffset> LastTurnAsync(
        PicketDbContext db,
        DateTimeOffset from,
        DateTimeOffset now,
        CancellationToken stopping
    )
    {
        var context = (await intelligence.CurrentAsync(db, stopping)).Context with
        {
            Policies = (await policies.CurrentAsync(db, stopping)).Book,
        };
        return context.TurnsBetween(from, now).Append(DateTimeOffset.MinValue).Max();
    }

    private async Task JudgeAsync(Guid integration, CancellationToken stopping)
    {
        var (judged, changed, wishes, findings) = (0, 0, false, false);
        using var span = JudgingTelemetry.Judging(integration);
        try
        {
            var started = time.GetTimestamp();
            while (await batch.JudgeAsync(integration, stopping) is { Judged: > 0 } outcome)
            {
                judged += outcome.Judged;
                changed += outcome.LevelsChanged;
                wishes |= outcome.WishesChanged;
                findings |= outcome.FindingsChanged;
                JudgingTelemetry.Batch(outcome, time.GetElapsedTime(started));
                started = time.GetTimestamp();
            }
        }
        finally
        {
            if (changed > 0 || wishes)
            {
                response.Raise(integration);
            }

            if (changed > 0 || findings)
            {
                appGroups.Raise(integration);
            }
        }

        uncountedSince = uncounted.Count == 0 ? time.GetUtcNow() : uncountedSince;
        uncounted.Add(integration);
        RiskLog.Judged(log, judged, integration, changed);
    }

    private async Task<bool> IsMoreComingAsync(CancellationToken stopping) =>
        uncounted.Count > 0
        && time.GetUtcNow() < uncountedSince + LongestUncounted
        && await signal.WaitAsync(Quiet, time, stopping);

    private async Task CountAsync(CancellationToken stopping)
    {
        foreach (var integration in uncounted.ToList())
        {
            uncounted.Remove(integration); // Whoever cannot be counted does not keep the others from it.
            await days.NoteAsync(integration, stopping);
        }
    }
}
