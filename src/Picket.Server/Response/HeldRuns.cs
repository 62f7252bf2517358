using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// What a brake holds waits so long for a person. Then it is over, and what differs by that time is planned and shown anew:
/// nobody approves by a number of last month.
/// </summary>
internal static class HeldRuns
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private static readonly List<string> Over = ["Nobody decided within a week; what differs now is shown anew."];

    public static async Task ExpireTagsAsync(PicketDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var (before, ended) = (now - Life, (DateTimeOffset?)now);
        await db
            .TagRuns.Where(row => row.State == RunState.Held && (row.StartedAt ?? row.QueuedAt) < before)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Cancelled)
                        .SetProperty(row => row.EndedAt, ended)
                        .SetProperty(row => row.IncompleteReasons, Over),
                cancellation
            );
    }

    public static async Task ExpireListsAsync(PicketDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var (before, ended) = (now - Life, (DateTimeOffset?)now);
        await db
            .AppGroupRuns.Where(row => row.State == RunState.Held && (row.StartedAt ?? row.QueuedAt) < before)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Cancelled)
                        .SetProperty(row => row.EndedAt, ended)
                        .SetProperty(row => row.IncompleteReasons, Over),
                cancellation
            );
    }
}
