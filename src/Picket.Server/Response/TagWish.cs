using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Reads from the database which tag run an integration wants now. Nothing of the wish is in memory.</summary>
public sealed class TagWish(IOptions<ResponseOptions> options, TimeProvider time)
{
    /// <param name="policy">
    /// The version by which all devices are judged. Where it changed nothing, what differs later is not its doing.
    /// </param>
    /// <param name="verdictsAlone">
    /// Nothing but verdicts changed since it was looked last: where what was confirmed may be gone by, those alone are compared.
    /// </param>
    internal async Task<TagRunDue> DueAsync(
        PicketDbContext db,
        IntegrationRow integration,
        int policy,
        bool verdictsAlone,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var history = await TagRunHistory.LoadAsync(db, integration.Id, cancellation);
        var owned = await db
            .OwnedTags.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id)
            .ToListAsync(cancellation);
        var since = await history.TrustedSinceAsync(db, integration, owned, now, cancellation);
        int[]? changed = since is null
            ? null
            : await TagDifferences.ChangedSinceAsync(db, integration.Id, since.Value, cancellation);
        var isEnough = verdictsAlone && changed is not null && integration.TagPolicyVersion == policy;
        var differs =
            (
                changed is not null
                && await new TagDifferences(db, integration, owned, among: changed).AnyAsync(now, cancellation)
            ) || (!isEnough && await new TagDifferences(db, integration, owned).AnyAsync(now, cancellation));
        if (!differs && integration.TagPolicyVersion < policy)
        {
            await TagBraking.AcceptAsync(db, integration.Id, policy, cancellation);
        }

        return TagRunTiming.Due(
            differs,
            since is not null,
            differs && since is not null ? null : await ReadAtAsync(db, integration.Id, cancellation),
            history.WholeBegan,
            history.Ended,
            now,
            TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds)
        );
    }

    private static Task<DateTimeOffset?> ReadAtAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        db
            .SyncRuns.Where(row => row.IntegrationId == integration && row.Kind == RunKind.Full && row.EndedAt != null)
            .OrderByDescending(row => row.Id)
            .Select(row => row.EndedAt)
            .FirstOrDefaultAsync(cancellation);
}
