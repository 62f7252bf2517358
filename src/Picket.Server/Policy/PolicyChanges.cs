using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Server.Audit;
using Picket.Server.Intelligence;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Sync;

namespace Picket.Server.Policy;

/// <summary>What became of applying: the new version, or why there is none.</summary>
/// <param name="InForce">The number of the version in force, when that is another than the caller's.</param>
internal sealed record PolicyOutcome(
    PolicyVersionRow? Version,
    IReadOnlyList<PolicyMistake> Mistakes,
    int? InForce = null,
    bool IsSame = false
);

/// <summary>
/// Puts documents in force. The document, its entry in the audit and the devices that are judged anew are written
/// together.
/// </summary>
internal sealed class PolicyChanges(
    PicketDatabase database,
    PolicyStore policies,
    JudgingSignal judging,
    ResponseSignal response,
    SyncQueue syncs,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time,
    ILogger<PolicyChanges> log
)
{
    private const int MostKept = 500;

    public async Task<PolicyOutcome> ApplyAsync(ApplyPolicy asked, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var parse = await policies.ReadAsync(db, asked.Text, cancellation);
        if (!parse.Succeeded)
        {
            return new PolicyOutcome(null, PolicyViews.Mistakes(parse.Mistakes));
        }

        // A sync and judging write the devices that this marks.
        var outcome = await Rivalry.RepeatAsync(() => SaveAsync(asked, parse.Document, actor, cancellation));
        if (outcome.Version is { } version)
        {
            PolicyLog.Applied(log, version.Number, version.Sha256);
            foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
            {
                judging.Raise(integration);
                response.Raise(integration); // A version that changes nothing is new no more once all are judged by it.
            }

            await ReadMembersAsync(db, new PolicyBook(parse.Document), actor, cancellation);
        }

        return outcome;
    }

    /// <summary>
    /// Who is in a smart group, or carries a tag, that no policy named before was not read yet: a short run does it now. A run
    /// that is open reads it too, or the next one does.
    /// </summary>
    private async Task ReadMembersAsync(
        PicketDbContext db,
        PolicyBook book,
        string actor,
        CancellationToken cancellation
    )
    {
        var ready = await db
            .Integrations.Where(row =>
                row.State != IntegrationState.Paused && row.State != IntegrationState.CredentialRefused
            )
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        var groups = await NamedGroup.OfAsync(db, ready, book, cancellation);
        foreach (var integration in groups.Where(IsUnread).Select(group => group.Integration).Distinct())
        {
            await syncs.AddAsync(
                new RunWish(integration, RunKind.Incremental, RunTrigger.Manual),
                cancellation,
                (beside, run) => audit.Add(beside, actor, "run.started", $"{run.Id}", after: new { run.Kind })
            );
            await grains.GetGrain<IIntegrationGrain>(integration).PokeAsync();
        }

        static bool IsUnread(NamedGroup group) => group.ReadAt is null && !group.IsPickets;
    }

    private async Task<PolicyOutcome> SaveAsync(
        ApplyPolicy asked,
        PolicyDocument document,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var before = await db
            .PolicyVersions.AsNoTracking()
            .OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellation);
        var sha = PolicyViews.HashOf(asked.Text);
        if ((before?.Number ?? 0) != asked.BasedOn)
        {
            return new PolicyOutcome(null, [], before?.Number ?? 0);
        }

        if (sha == (before?.Sha256 ?? PolicyViews.HashOf(PolicyText.Default)))
        {
            return new PolicyOutcome(null, [], IsSame: true);
        }

        var now = time.GetUtcNow();
        var version = new PolicyVersionRow
        {
            Id = Guid.CreateVersion7(now),
            Number = asked.BasedOn + 1,
            Sha256 = sha,
            Text = asked.Text,
            AppliedAt = now,
            AppliedBy = actor,
            Comment = string.IsNullOrWhiteSpace(asked.Comment) ? null : asked.Comment.Trim(),
        };
        db.PolicyVersions.Add(version);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return new PolicyOutcome(null, [], version.Number);
        }

        await db.PolicyVersions.Where(row => row.Number <= version.Number - MostKept).ExecuteDeleteAsync(cancellation);
        await PolicyTagRow.ReplaceAsync(db, document, cancellation);
        await AffectedDevices.MarkAllAsync(db, cancellation);
        audit.Add(
            db,
            actor,
            "policy.applied",
            $"{version.Number}",
            before: new { Version = asked.BasedOn, before?.Sha256 },
            after: new
            {
                Version = version.Number,
                version.Sha256,
                version.Comment,
            }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new PolicyOutcome(version, []);
    }
}

internal static partial class PolicyLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Version {Number} of the policy is in force ({Sha256}). Every device is judged anew."
    )]
    public static partial void Applied(ILogger log, int number, string sha256);
}
