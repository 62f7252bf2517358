using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Starts the tag runs that are wanted: after each judging, when a run ended, and every few minutes. What is wanted
/// stands in the database, so nothing is forgotten by a crash, a lost signal, or a time when writing was not possible.
/// </summary>
internal sealed class ResponseWorker(
    PicketDatabase database,
    TagRunQueue queue,
    TagWish wish,
    ResponseSignal signal,
    IGrainFactory grains,
    IOptions<ResponseOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ResponseWorker> log
) : StandingWork(lifetime)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileJudging = TimeSpan.FromMilliseconds(250);

    /// <summary>Verdicts come in batches, and one run for all of them costs the fewest calls; but the worst ones do not wait for ever.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HashSet<Guid> soon = [];
    private readonly Dictionary<Guid, DateTimeOffset> judgedSince = [];
    private DateTimeOffset nextFullLook;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await PokeOpenRunsAsync(stopping);
                await LookAsync(stopping);
                await signal.WaitAsync(NextLook(), time, stopping);
                soon.UnionWith(signal.Take());
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                ResponseLog.LookFailed(log, failure);
                nextFullLook = default;
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PokeOpenRunsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await TagRunQueue
            .Open(db)
            .Where(row => row.State != RunState.Held)
            .Select(row => row.IntegrationId)
            .ToListAsync(cancellation);
        foreach (var integration in open)
        {
            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
        }
    }

    /// <summary>At those of which a signal came, or whose verdicts are being made; now and then at all.</summary>
    private async Task LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var all = now >= nextFullLook;
        await using var db = database.Open();
        if (await WriteStops.CurrentAsync(db, cancellation) is not null)
        {
            soon.Clear(); // Whoever releases has everybody looked at.
            nextFullLook = now + TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
            return;
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
        foreach (var integration in integrations.Where(row => all || soon.Contains(row.Id)))
        {
            if (
                !await IsBeingJudgedAsync(db, integration.Id, cancellation)
                && await wish.IsDueAsync(db, integration, cancellation)
            )
            {
                await queue.AddAsync(integration.Id, cancellation);
                await grains.GetGrain<ITaggingGrain>(integration.Id).PokeAsync();
            }
        }

        nextFullLook = all ? now + TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds) : nextFullLook;
        soon.Clear();
        soon.UnionWith(judgedSince.Keys);
    }

    private async Task<bool> IsBeingJudgedAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = await db.Devices.AnyAsync(
            row => row.IntegrationId == integration && row.JudgingDue && row.GoneAt == null,
            cancellation
        );
        if (due && judgedSince.TryAdd(integration, now) | (now - judgedSince[integration] < LongestWait))
        {
            return true;
        }

        judgedSince.Remove(integration);
        return false;
    }

    private TimeSpan NextLook()
    {
        var full = nextFullLook - time.GetUtcNow();
        return full < TimeSpan.Zero ? TimeSpan.Zero
            : soon.Count > 0 && WhileJudging < full ? WhileJudging
            : full;
    }
}
