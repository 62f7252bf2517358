using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>How the last tag runs of an integration ended, as far as it matters for the next one.</summary>
/// <param name="Ended">Newest first.</param>
/// <param name="WholeBegan">When the newest completed run began that read all first.</param>
/// <param name="HasOpen">The outcome of a tag call is not known.</param>
internal sealed record TagRunHistory(IReadOnlyList<EndedTagRun> Ended, DateTimeOffset? WholeBegan, bool HasOpen)
{
    private const int RunsThatMatter = 10;

    public static async Task<TagRunHistory> LoadAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var runs = db.TagRuns.AsNoTracking().Where(row => row.IntegrationId == integration && row.EndedAt != null);
        var last = await runs.OrderByDescending(row => row.Id).Take(RunsThatMatter).ToListAsync(cancellation);
        var whole = await runs.Where(row =>
                row.ReadsFirst && row.State == RunState.Completed && row.Kind == TagRunKind.Levels
            )
            .OrderByDescending(row => row.Id)
            .Select(row => row.StartedAt)
            .FirstOrDefaultAsync(cancellation);
        var hasOpen = await db.Ledger.AnyAsync(
            row =>
                row.IntegrationId == integration
                && (row.State == LedgerState.Sent || row.State == LedgerState.Answered)
                && row.OwnedTagId != null,
            cancellation
        );
        return new TagRunHistory([.. last.Select(Of)], whole, hasOpen);
    }

    /// <summary>
    /// When the last run began: what it may not have seen is since then. Null where what was confirmed last may not be gone by.
    /// </summary>
    /// <param name="owned">The tags of the integration.</param>
    public async Task<DateTimeOffset?> TrustedSinceAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (!TagRunTiming.MayTrust(Ended.Count > 0 ? Ended[0] : null, WholeBegan, HasOpen, now))
        {
            return null;
        }

        var names = await TagNames.OfAsync(db, integration, cancellation);
        return names.All(name => owned.Any(tag => Is(tag, name, integration))) ? Ended[0].Began : null;
    }

    /// <summary>As the last run that read the UEM's tags has left it.</summary>
    private static bool Is(OwnedTagRow tag, TagName name, IntegrationRow integration) =>
        tag.InForce
        && tag.Uem == integration.Address
        && tag.IsCalled(name.Name, integration)
        && (tag.Level, tag.Set) == (name.Level, name.Set);

    private static EndedTagRun Of(TagRunRow run) =>
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
