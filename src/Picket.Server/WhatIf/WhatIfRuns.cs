using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Policy;
using Picket.Server.Retention;
using Picket.Server.Storage;

namespace Picket.Server.WhatIf;

/// <summary>
/// Tries changes over the fleet without making them. One at a time: each takes all cores for some seconds. What came out
/// is kept for an hour in memory, since it is out of date by then.
/// </summary>
internal sealed class WhatIfRuns(
    IntelligenceStore intelligence,
    PolicyStore policies,
    IOptions<RetentionOptions> retention,
    TimeProvider time
) : IDisposable
{
    private const int MostKept = 20;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private readonly List<(string Actor, WhatIfOutcome Outcome)> outcomes = [];

    /// <param name="document">In place of the policy in force; null to leave it.</param>
    /// <param name="context">In place of what feeds say now; null to leave it.</param>
    /// <param name="days">Days before today that are tried too, as far as the history is kept.</param>
    public async Task<WhatIfOutcome> RunAsync(
        PicketDbContext db,
        PolicyDocument? document,
        RiskContext? context,
        int days,
        (string Actor, Visible Visible) caller,
        CancellationToken cancellation
    )
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var started = time.GetTimestamp();
            var now = time.GetUtcNow();
            var moments = Moments(now, Math.Min(days, retention.Value.HistoryDays));
            var known = (await intelligence.CurrentAsync(db, cancellation)).Context;
            var book = (await policies.CurrentAsync(db, cancellation)).Book;
            var changed = document is null ? book : new PolicyBook(document);
            var integrations = await db
                .Integrations.AsNoTracking()
                .WhereVisible(caller.Visible, row => row.Id)
                .ToListAsync(cancellation);
            var before = await SideAsync(db, known with { Policies = book }, integrations, moments, cancellation);
            var after = await SideAsync(
                db,
                (context ?? known) with
                {
                    Policies = changed,
                },
                integrations,
                moments,
                cancellation
            );
            var trial = new FleetTrial(before, after, moments);
            var fleet = await PastFleet.OpenAsync(db, [before.Context, after.Context], moments[0], cancellation);
            await JudgeAsync(trial, fleet.ReadAsync(caller.Visible, cancellation), cancellation);

            var ids = integrations.ConvertAll(row => row.Id);
            var notes = await PolicyNotes.ListedAsync(db, changed.Document, ids, cancellation);
            var outcome = new WhatIfOutcome(
                Guid.CreateVersion7(now),
                now,
                moments,
                trial,
                integrations,
                days,
                notes,
                time.GetElapsedTime(started)
            );
            outcome.Never = await NeverAsync(db, outcome.Told.Where(device => device.IsTagged), now, cancellation);
            Keep(caller.Actor, outcome);
            return outcome;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Those that no tag run touches, whatever their level becomes.</summary>
    private static async Task<IReadOnlySet<Guid>> NeverAsync(
        PicketDbContext db,
        IEnumerable<TriedDevice> moved,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var never = new HashSet<Guid>();
        if (!await db.NeverTouch.AnyAsync(cancellation))
        {
            return never;
        }

        foreach (var of in moved.GroupBy(device => device.Integration))
        {
            var ids = of.Select(device => device.Id).ToList();
            var numbers = await db
                .Devices.Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.RemoteId, row => row.Id, cancellation);
            var found = await NeverTouchLists.OfAsync(db, of.Key, numbers.Keys, now, cancellation);
            never.UnionWith(found.Keys.Select(number => numbers[number]));
        }

        return never;
    }

    public WhatIfOutcome? Find(string actor, Guid id)
    {
        lock (gate)
        {
            Forget();
            return outcomes.FirstOrDefault(kept => kept.Actor == actor && kept.Outcome.Id == id).Outcome;
        }
    }

    /// <summary>The database reads the next part on its one thread while the others judge the one before.</summary>
    private static async Task JudgeAsync(
        FleetTrial trial,
        IAsyncEnumerable<IReadOnlyList<PastDevice>> parts,
        CancellationToken cancellation
    )
    {
        var judging = Task.CompletedTask;
        try
        {
            await foreach (var devices in parts.WithCancellation(cancellation))
            {
                await judging;
                judging = Task.Run(() => trial.Judge(devices, cancellation), cancellation);
            }
        }
        finally
        {
            await judging;
        }
    }

    private static async Task<TrialSide> SideAsync(
        PicketDbContext db,
        RiskContext context,
        List<IntegrationRow> integrations,
        IReadOnlyList<DateTimeOffset> moments,
        CancellationToken cancellation
    )
    {
        var ids = integrations.ConvertAll(row => row.Id);
        var places = await DevicePlaces.LoadAsync(db, ids, context.Policies, cancellation);
        var silent = integrations
            .Where(row => row.EmployeeApps is AppReading.NotRead)
            .Select(row => row.Id)
            .ToHashSet();
        var wanted = await db.WantedTags.AsNoTracking().ToListAsync(cancellation);
        return new TrialSide(
            context,
            places,
            silent,
            wanted.ToLookup(row => row.DeviceId, row => new WantedTag(row.Set, row.Tag, row.Cause)),
            moments
        );
    }

    /// <summary>The end of each day, and now.</summary>
    private static IReadOnlyList<DateTimeOffset> Moments(DateTimeOffset now, int days)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return [.. Enumerable.Range(0, days).Select(day => today.AddDays(day + 1 - days).AddTicks(-1)), now];
    }

    private void Keep(string actor, WhatIfOutcome outcome)
    {
        lock (gate)
        {
            Forget();
            outcomes.Add((actor, outcome));
        }
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - Kept;
        outcomes.RemoveAll(kept => kept.Outcome.At < oldest);
        outcomes.RemoveRange(0, Math.Max(0, outcomes.Count - MostKept));
    }

    public void Dispose() => turn.Dispose();
}
