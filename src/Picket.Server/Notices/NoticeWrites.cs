using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// Where reading goes well and writing does not: tags or lists that no run makes true, and the account for wipes. What is stopped, or
/// waits for a person, is told as that.
/// </summary>
internal static class NoticeWrites
{
    /// <summary>A run that ended short is repeated; the UEM's bad minutes are nobody's business.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<IEnumerable<NoticeCondition>> OfAsync(
        PicketDbContext db,
        IntegrationRow row,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var found = new List<NoticeCondition>();
        if (row is { WipesEnabled: true, WipeAccount: not null, WipeAccountRefused: not null })
        {
            found.Add(
                new(
                    $"wipe-account:{row.Id}",
                    $"{NoticeKind.CredentialRefused}",
                    row.Id,
                    $"{row.Name}: the UEM refused the account that is set for wipes",
                    "No wipe goes out, and nobody signs in with it again until it is set anew.",
                    $"/integrations/{row.Id}"
                )
            );
        }

        if (row.Health != IntegrationState.Active || await AreStoppedAsync(db, cancellation))
        {
            return found;
        }

        if (row.WritingEnabled && now - await SinceAsync(Tags(db, row.Id), cancellation) >= Patience)
        {
            found.Add(
                Failing("tags", "for half an hour no run has brought the tags to what they should be", "responses")
            );
        }

        var areListsOn = await db.AppGroupSwitches.AnyAsync(
            lists => lists.IntegrationId == row.Id && lists.Enabled,
            cancellation
        );
        if (areListsOn && now - await SinceAsync(Lists(db, row.Id), cancellation) >= Patience)
        {
            found.Add(
                Failing(
                    "lists",
                    "for half an hour no run has brought the lists of denied apps to what they should be",
                    "app-groups"
                )
            );
        }

        return found;

        NoticeCondition Failing(string what, string title, string page) =>
            new(
                $"writes:{row.Id}:{what}",
                $"{NoticeKind.IntegrationFailing}",
                row.Id,
                $"{row.Name}: {title}",
                "The UEM takes a part of what is written, or none. The last run says why.",
                $"/{page}?integration={row.Id}"
            );
    }

    private static Task<bool> AreStoppedAsync(PicketDbContext db, CancellationToken cancellation) =>
        db.WriteStops.AnyAsync(stop => stop.ReleasedAt == null, cancellation);

    private static IQueryable<Run> Tags(PicketDbContext db, Guid integration) =>
        db
            .TagRuns.Where(run => run.IntegrationId == integration)
            .Select(run => new Run
            {
                Id = run.Id,
                State = run.State,
                EndedAt = run.EndedAt,
            });

    private static IQueryable<Run> Lists(PicketDbContext db, Guid integration) =>
        db
            .AppGroupRuns.Where(run => run.IntegrationId == integration)
            .Select(run => new Run
            {
                Id = run.Id,
                State = run.State,
                EndedAt = run.EndedAt,
            });

    /// <returns>When the first run ended short after which none ended well; null where the last one did, or a person is asked.</returns>
    private static async Task<DateTimeOffset?> SinceAsync(IQueryable<Run> runs, CancellationToken cancellation)
    {
        if (await runs.AnyAsync(run => run.State == RunState.Held, cancellation))
        {
            return null;
        }

        var good = await runs.Where(run => run.State == RunState.Completed)
            .OrderByDescending(run => run.Id)
            .Select(run => run.EndedAt)
            .FirstOrDefaultAsync(cancellation);
        return await runs.Where(run => run.State == RunState.Incomplete || run.State == RunState.Failed)
            .Where(run => good == null || run.EndedAt > good)
            .OrderBy(run => run.Id)
            .Select(run => run.EndedAt)
            .FirstOrDefaultAsync(cancellation);
    }

    private sealed class Run
    {
        public Guid Id { get; init; }
        public RunState State { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
    }
}
