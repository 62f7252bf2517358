using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Server.Audit;
using Picket.Server.Intelligence;
using Picket.Server.Risk;
using Picket.Server.Storage;

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
    AuditLog audit,
    TimeProvider time,
    ILogger<PolicyChanges> log
)
{
    private const int MostKept = 500;

    public async Task<PolicyOutcome> ApplyAsync(ApplyPolicy asked, string actor, CancellationToken cancellation)
    {
        var parse = PolicyReader.Read(asked.Text, policies.Today);
        if (!parse.Succeeded)
        {
            return new PolicyOutcome(null, PolicyViews.Mistakes(parse.Mistakes));
        }

        // A sync and judging write the devices that this marks.
        var outcome = await Rivalry.RepeatAsync(() => SaveAsync(asked, actor, cancellation));
        if (outcome.Version is { } version)
        {
            PolicyLog.Applied(log, version.Number, version.Sha256);
            await using var db = database.Open();
            foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
            {
                judging.Raise(integration);
            }
        }

        return outcome;
    }

    private async Task<PolicyOutcome> SaveAsync(ApplyPolicy asked, string actor, CancellationToken cancellation)
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
