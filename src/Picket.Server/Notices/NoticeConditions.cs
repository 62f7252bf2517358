using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Policy;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// What is not as it should be now, read from where pages read it. Whatever cannot be read fails the whole reading, so that
/// nothing counts as ended because it was not seen.
/// </summary>
internal sealed class NoticeConditions(
    IntelligenceStore intelligence,
    PolicyStore policies,
    CredentialEndRules credentialEnd,
    IOptions<NoticeOptions> options,
    TimeProvider time
)
{
    private const int FailuresThatTell = 2;

    public async Task<IReadOnlyList<NoticeCondition>> ReadAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        var found = new List<NoticeCondition>();
        var integrations = await db.Integrations.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation);
        foreach (var row in integrations)
        {
            var health = await IntegrationHealthQuery.OfAsync(db, row, 0, knowledge, now, cancellation);
            found.AddRange(Failing(row));
            found.AddRange(Ending(row));
            found.AddRange(Quota(row, health.Quota));
            found.AddRange(await SilentAsync(db, row, now, cancellation));
            found.AddRange(Waiting(row, health));
            found.AddRange(await NoticeDrift.SharedAsync(db, row, cancellation));
            found.AddRange(await NoticeWrites.OfAsync(db, row, now, cancellation));
        }

        found.AddRange(await NoticeCommands.ReadAsync(db, integrations, cancellation));
        found.AddRange(await NoticeDrift.ReadAsync(db, integrations, now, cancellation));
        found.AddRange(await FeedsAsync(db, knowledge, now, cancellation));
        found.AddRange(await ExceptionsAsync(db, cancellation));
        found.AddRange(await StoppedAsync(db, cancellation));
        return found;
    }

    private static IEnumerable<NoticeCondition> Failing(IntegrationRow row)
    {
        var kind = row.Health switch
        {
            IntegrationState.CredentialRefused => NoticeKind.CredentialRefused,
            IntegrationState.PermissionMissing
            or IntegrationState.OrganizationGroupGone
            or IntegrationState.Unreachable => NoticeKind.IntegrationFailing,
            _ => (NoticeKind?)null,
        };
        if (kind is not { } failing)
        {
            yield break;
        }

        var what = row.Health switch
        {
            IntegrationState.CredentialRefused => "the UEM refused the credential",
            IntegrationState.PermissionMissing => "the account lacks a right in the UEM",
            IntegrationState.OrganizationGroupGone => "the organization group is gone or out of reach",
            _ => "the UEM cannot be reached",
        };
        yield return new(
            $"integration:{row.Id}:{row.Health}:{row.CredentialVersion}",
            $"{failing}",
            row.Id,
            $"{row.Name}: {what}",
            row.HealthReason ?? "Run the doctor: it names what is wrong and what mends it.",
            $"/integrations/{row.Id}"
        );
    }

    private IEnumerable<NoticeCondition> Ending(IntegrationRow row)
    {
        if (!row.IsCredentialRefused && credentialEnd.Warning(row) is { } warning)
        {
            yield return new(
                $"credential-end:{row.Id}:{row.CredentialVersion}:{row.CredentialEndsOn:yyyy-MM-dd}",
                $"{NoticeKind.CredentialEnding}",
                row.Id,
                $"{row.Name}: {warning}",
                "Once the UEM refuses it, nothing is read and nothing is written. Make a new one there, and enter it with its day.",
                $"/integrations/{row.Id}"
            );
        }
    }

    private static IEnumerable<NoticeCondition> Quota(IntegrationRow row, QuotaView? quota)
    {
        if (quota is { Ceiling: > 0 and var ceiling, Left: { } left } && left <= ceiling / 10)
        {
            yield return new(
                $"quota:{row.Id}",
                $"{NoticeKind.QuotaNear}",
                row.Id,
                $"{row.Name}: {left:N0} of {ceiling:N0} calls are left until the UEM's reset",
                "Runs wait for the reset once they are spent. A longer interval, or a larger share of the quota, mends it.",
                $"/integrations/{row.Id}"
            );
        }
    }

    /// <summary>What is paused or refused is silent on purpose, and told otherwise.</summary>
    private async Task<IEnumerable<NoticeCondition>> SilentAsync(
        PicketDbContext db,
        IntegrationRow row,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (row.Health is IntegrationState.Paused or IntegrationState.CredentialRefused)
        {
            return [];
        }

        var last =
            await db
                .SyncRuns.Where(run =>
                    run.IntegrationId == row.Id && run.Kind != RunKind.Device && run.State == RunState.Completed
                )
                .OrderByDescending(run => run.Id)
                .Select(run => run.EndedAt)
                .FirstOrDefaultAsync(cancellation)
            ?? row.CreatedAt;
        var longest = TimeSpan.FromHours(options.Value.SilentAfterHours);
        var usual = TimeSpan.FromMinutes(2 * row.SyncIntervalMinutes);
        return now - last <= (longest > usual ? longest : usual)
            ? []
            :
            [
                new(
                    $"silent:{row.Id}",
                    $"{NoticeKind.SyncSilent}",
                    row.Id,
                    $"{row.Name}: no sync run was complete since {last:yyyy-MM-dd HH:mm} UTC",
                    "What is shown of its devices is as old as that. Look at the last run, then ask the doctor.",
                    $"/sync?integration={row.Id}"
                ),
            ];
    }

    private static IEnumerable<NoticeCondition> Waiting(IntegrationRow row, IntegrationHealth health)
    {
        if (health.LastRun is { State: RunState.Held } run)
        {
            var lost = run.Hold is { } hold
                ? $"The UEM no longer lists {hold.Lost:N0} of {hold.Stored:N0} devices. "
                : "";
            yield return Decision(
                $"run:{run.Id}",
                "a brake holds a sync run",
                lost + "Nothing is removed until somebody decides.",
                $"/sync/{run.Id}"
            );
        }

        if (health.LastTagRun is { State: RunState.Held } tags)
        {
            var changed = tags.Brake is { } brake ? $"It would change the tags of {brake.Changed:N0} devices. " : "";
            yield return Decision(
                $"tag-run:{tags.Id}",
                "a brake holds the writing of tags",
                changed + "Nothing is written until somebody decides.",
                $"/responses?integration={row.Id}"
            );
        }

        if (health.LinkRequests > 0)
        {
            yield return Decision(
                $"links:{row.Id}",
                "people ask to be linked to their UEM accounts",
                "Somebody who is linked says whether they know them.",
                $"/integrations/{row.Id}#authority"
            );
        }

        if (health.WorstUemFinding is Level.Critical)
        {
            yield return Decision(
                $"uem:{row.Id}",
                "the UEM itself has a vulnerability that is exploited",
                "Whoever holds the UEM holds every device. Update it.",
                $"/integrations/{row.Id}#uem"
            );
        }

        NoticeCondition Decision(string key, string what, string text, string page) =>
            new(key, $"{NoticeKind.DecisionWaiting}", row.Id, $"{row.Name}: {what}", text, page);
    }

    private static async Task<IEnumerable<NoticeCondition>> FeedsAsync(
        PicketDbContext db,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var feeds = await db.Feeds.AsNoTracking().Where(row => row.ActiveVersionId != null).ToListAsync(cancellation);
        var views = await FeedViews.OfAsync(db, feeds, knowledge, now, cancellation);
        var never = await db
            .FeedSources.AsNoTracking()
            .Where(row => row.FeedId == null && row.Failures >= FailuresThatTell && row.Failure != null)
            .ToListAsync(cancellation);
        return
        [
            .. from feed in views
            from trouble in feed.Troubles
            where trouble.Kind is not FeedTroubleKind.Disagreement
            select Feed(
                $"feed:{feed.Id}:{trouble.Kind}:{(trouble.Kind is FeedTroubleKind.Aside ? feed.Aside?.Version.Id : null)}",
                $"Feed {feed.Name}: {Said(trouble.Kind)}",
                trouble.Text,
                $"/intelligence/{feed.Id}"
            ),
            .. never.Select(source =>
                Feed(
                    $"feed-source:{source.Id}",
                    $"Feed {source.Name}: its source has never brought anything",
                    source.Failure!,
                    "/intelligence"
                )
            ),
        ];

        static NoticeCondition Feed(string key, string title, string text, string page) =>
            new(key, $"{NoticeKind.FeedTrouble}", null, title, text, page);
    }

    /// <summary>Stops that were said while writes were stopped already are the same trouble. Who it was is not named.</summary>
    private static async Task<IEnumerable<NoticeCondition>> StoppedAsync(
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db
            .WriteStops.AsNoTracking()
            .Where(row => row.ReleasedAt == null)
            .OrderBy(row => row.Number)
            .FirstOrDefaultAsync(cancellation)
            is { } stop
            ?
            [
                new(
                    $"writes-stopped:{stop.Number}",
                    $"{NoticeKind.WritesStopped}",
                    null,
                    $"All writes to every UEM are stopped since {stop.StoppedAt:yyyy-MM-dd HH:mm} UTC",
                    "Nothing is written until they are released. The console says why, and what waits.",
                    "/brakes"
                ),
            ]
            : [];

    private static string Said(FeedTroubleKind kind) =>
        kind switch
        {
            FeedTroubleKind.Aside => "a new version waits for a decision",
            FeedTroubleKind.Old => "it is old",
            FeedTroubleKind.SourceSilent => "its source fails",
            FeedTroubleKind.Refused => "its last file could not be read",
            _ => "the version in force cannot be read",
        };

    /// <summary>Who answers for an exception is not named: a notice leaves this server.</summary>
    private async Task<IEnumerable<NoticeCondition>> ExceptionsAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var inForce = await policies.CurrentAsync(db, cancellation);
        return
        [
            .. from exception in inForce.Book.Document.Exceptions
            let state = PolicyViews.Of(exception, policies.Today, 0).State
            where state is not ExceptionState.Active
            select new NoticeCondition(
                $"exception:{exception.Name}:{exception.Ends:yyyy-MM-dd}:{state}",
                $"{NoticeKind.ExceptionEnding}",
                null,
                $"Policy exception {exception.Name}: {(state is ExceptionState.Ended ? "ended" : "ends")} on {exception.Ends:yyyy-MM-dd}",
                state is ExceptionState.Ended
                    ? "What it excepted counts again. Renew it or take it out."
                    : "Renew it, or let it end.",
                "/policy#exceptions"
            ),
        ];
    }
}
