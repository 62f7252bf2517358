using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Sync;

/// <param name="What">What the calls were made for.</param>
/// <param name="Page">Where the rows are that they add up from; null for what leaves none.</param>
public sealed record Spending(string What, long Calls, string? Page);

/// <summary>Where the calls of the present quota window went, by the runs that made them.</summary>
public sealed class CallSpending(PicketDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<Spending>> OfAsync(
        Guid integration,
        QuotaView quota,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var since = (quota.ResetsAt ?? time.GetUtcNow()) - Window;
        var runs = await db
            .SyncRuns.Where(run => run.IntegrationId == integration && run.StartedAt >= since)
            .GroupBy(run => run.Kind)
            .Select(group => new { group.Key, Calls = group.Sum(run => run.UemCalls) })
            .ToListAsync(cancellation);
        var tags = await db
            .TagRuns.Where(run => run.IntegrationId == integration && run.StartedAt >= since)
            .SumAsync(run => run.UemCalls, cancellation);
        var imports = await db
            .Imports.Where(import => import.IntegrationId == integration && import.MadeAt >= since)
            .SumAsync(import => import.UemCalls, cancellation);
        var appGroups = await db
            .AppGroupRuns.Where(run => run.IntegrationId == integration && run.StartedAt >= since)
            .SumAsync(run => run.UemCalls, cancellation);
        var known = runs.Sum(kind => kind.Calls) + tags + imports + appGroups;
        List<Spending> spending =
        [
            .. runs.OrderByDescending(kind => kind.Calls)
                .Select(kind => new Spending(Name(kind.Key), kind.Calls, $"/sync?integration={integration}")),
            new(T("Writing tags and reading them back"), tags, $"/responses?integration={integration}"),
            new(T("Keeping lists of denied apps"), appGroups, $"/app-groups?integration={integration}"),
            new(T("Importing users and devices"), imports, $"/imports?integration={integration}"),
            new(T("Doctor, previews and settings"), Math.Max(0, quota.UsedToday - known), null),
        ];
        return [.. spending.Where(part => part.Calls > 0)];
    }

    private static string Name(RunKind kind) =>
        kind switch
        {
            RunKind.Full => T("Full sync runs"),
            RunKind.Incremental => T("Incremental sync runs"),
            _ => T("Single devices read again"),
        };
}
