using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Looks which integrations have a tag run to work at, and queues those that are wanted: of which somebody said that their
/// verdicts changed, and now and then all. What is wanted stands in the database; here is only when it was last looked at.
/// </summary>
public sealed class TagRunLook(
    PicketDatabase database,
    TagRunQueue queue,
    TagWish wish,
    PolicyStore policies,
    IOptions<ResponseOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<Guid> soon = [];
    private readonly HashSet<Guid> wholly = [];
    private readonly Dictionary<Guid, DateTimeOffset> judgedSince = [];
    private DateTimeOffset nextFullLook;

    /// <summary>How long until something may be wanted that nobody tells of.</summary>
    public TimeSpan Wait
    {
        get
        {
            var full = nextFullLook - time.GetUtcNow();
            return full < TimeSpan.Zero ? TimeSpan.Zero
                : judgedSince.Count > 0 && WhileJudging < full ? WhileJudging
                : full;
        }
    }

    /// <summary>As long again as it waits already: one device is judged in a moment, a fleet is not.</summary>
    private TimeSpan WhileJudging =>
        TimeSpan.FromTicks(
            Math.Clamp((time.GetUtcNow() - judgedSince.Values.Max()).Ticks, ShortestWait.Ticks, LongestWait.Ticks)
        );

    /// <summary>The next look is at the verdicts of these, too.</summary>
    public void Tell(IEnumerable<Guid> integrations) => soon.UnionWith(integrations);

    /// <summary>The next look at these leaves nothing out.</summary>
    public void TellWholly(IEnumerable<Guid> integrations)
    {
        wholly.UnionWith(integrations);
        soon.UnionWith(wholly);
    }

    /// <summary>The next look is at all.</summary>
    public void TellAll() => nextFullLook = default;

    /// <summary>Integrations whose run waits to be taken up, by whomever it was queued.</summary>
    public async Task<IReadOnlyList<Guid>> OpenAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await TagRunQueue
            .Open(db)
            .Where(row => row.State != RunState.Held)
            .Select(row => row.IntegrationId)
            .ToListAsync(cancellation);
    }

    /// <returns>Integrations for which a run was queued.</returns>
    public async Task<IReadOnlyList<Guid>> QueueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var all = now >= nextFullLook;
        await using var db = database.Open();
        if (await WriteStops.CurrentAsync(db, cancellation) is not null)
        {
            soon.Clear(); // Whoever releases has everybody looked at.
            judgedSince.Clear();
            nextFullLook = now + TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
            return [];
        }

        if (all)
        {
            await HeldRuns.ExpireTagsAsync(db, now, cancellation);
            await ShownDevices.ForgetAsync(db, now, cancellation);
        }

        var integrations = await db
            .Integrations.AsNoTracking()
            .Where(row =>
                row.WritingEnabled
                && row.State != IntegrationState.Paused
                && row.State != IntegrationState.CredentialRefused
                && !TagRunQueue.Open(db).Any(run => run.IntegrationId == row.Id)
            )
            .ToListAsync(cancellation);
        foreach (var other in judgedSince.Keys.Except(integrations.Select(row => row.Id)).ToList())
        {
            judgedSince.Remove(other);
        }

        // Before it is asked who is still to be judged: whoever applies a new one marks all devices with it.
        var policy = (await policies.CurrentAsync(db, cancellation)).Number;
        var queued = new List<Guid>();
        foreach (var integration in integrations.Where(row => all || soon.Contains(row.Id)))
        {
            if (
                !await WaitsForJudgingAsync(db, integration, policy, cancellation)
                && await DueAsync(db, integration, policy, all, cancellation) is not TagRunDue.No and var due
            )
            {
                await queue.AddAsync(integration.Id, cancellation, readsFirst: due == TagRunDue.Whole);
                queued.Add(integration.Id);
            }
        }

        nextFullLook = all ? now + TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds) : nextFullLook;
        soon.Clear();
        soon.UnionWith(judgedSince.Keys);
        return queued;
    }

    private async Task<TagRunDue> DueAsync(
        PicketDbContext db,
        IntegrationRow integration,
        int policy,
        bool all,
        CancellationToken cancellation
    )
    {
        var verdictsAlone = !all && !wholly.Contains(integration.Id);
        var due = await wish.DueAsync(db, integration, policy, verdictsAlone, cancellation);
        wholly.Remove(integration.Id);
        return due;
    }

    /// <summary>
    /// Verdicts come in batches: what is still to be judged may want the same calls. The first run under a new policy waits for
    /// all of them: a person is to see all that it changes.
    /// </summary>
    private async Task<bool> WaitsForJudgingAsync(
        PicketDbContext db,
        IntegrationRow integration,
        int policy,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        if (await IsBeingJudgedAsync(db, integration.Id, cancellation))
        {
            if (judgedSince.TryAdd(integration.Id, now) || integration.TagPolicyVersion != policy)
            {
                return true;
            }

            var tenth = await db
                .TagRuns.Where(row => row.IntegrationId == integration.Id)
                .OrderByDescending(row => row.Id)
                .Skip(TagRunTiming.ManyRuns - 1)
                .Select(row => (DateTimeOffset?)row.QueuedAt)
                .FirstOrDefaultAsync(cancellation);
            if (now - judgedSince[integration.Id] < TagRunTiming.WaitForJudging(tenth, now))
            {
                return true;
            }
        }

        judgedSince.Remove(integration.Id);
        return false;
    }

    internal static Task<bool> IsBeingJudgedAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        db.Devices.AnyAsync(
            row => row.IntegrationId == integration && row.JudgingDue && row.GoneAt == null,
            cancellation
        );
}
