using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Reads from the database whether an integration wants a tag run now. Nothing of the wish is in memory.</summary>
public sealed class TagWish(IOptions<ResponseOptions> options, TimeProvider time)
{
    private const int RunsThatMatter = 10;

    internal async Task<bool> IsDueAsync(PicketDbContext db, IntegrationRow integration, CancellationToken cancellation)
    {
        var runs = await db
            .TagRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.EndedAt != null)
            .OrderByDescending(row => row.Id)
            .Take(RunsThatMatter)
            .ToListAsync(cancellation);
        var readAt = await db
            .SyncRuns.Where(row =>
                row.IntegrationId == integration.Id && row.Kind == RunKind.Full && row.EndedAt != null
            )
            .OrderByDescending(row => row.Id)
            .Select(row => row.EndedAt)
            .FirstOrDefaultAsync(cancellation);
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id)
            .ToListAsync(cancellation);
        return TagRunTiming.IsDue(
            await new TagDifferences(db, integration, owned).AnyAsync(time.GetUtcNow(), cancellation),
            readAt,
            [.. runs.Select(Ended)],
            time.GetUtcNow(),
            TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds)
        );
    }

    private static EndedTagRun Ended(TagRunRow run) =>
        new(
            run.State switch
            {
                RunState.Completed => TagRunEnd.Completed,
                RunState.Cancelled => run.CancelledBy is null ? TagRunEnd.Stopped : TagRunEnd.Declined,
                _ => TagRunEnd.Incomplete,
            },
            run.StartedAt ?? run.QueuedAt,
            run.EndedAt!.Value
        );
}
