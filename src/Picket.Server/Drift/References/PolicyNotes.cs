using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Drift;

/// <summary>Holds the compliance policies that people said act on tags against what the UEM lists.</summary>
internal static class PolicyNotes
{
    private static readonly DriftKind[] Kinds =
    [
        DriftKind.PolicyGone,
        DriftKind.PolicyInactive,
        DriftKind.PolicyRenamed,
        DriftKind.PolicyUnassigned,
    ];

    /// <summary>One listing, and none where nothing is watched. Saved by the caller.</summary>
    /// <returns>Something was missed for the first time: a second look is to tell whether it is so.</returns>
    /// <exception cref="ReferencesUnreadException">The listing does not add up, or the account may not read it.</exception>
    public static async Task<bool> NoteAsync(
        PicketDbContext db,
        IntegrationRow integration,
        WorkspaceOneClient client,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var rows = await db.WatchedPolicies.Where(row => row.IntegrationId == integration.Id).ToListAsync(cancellation);
        var open = await db
            .Drift.Where(row => row.IntegrationId == integration.Id && row.EndedAt == null && Kinds.Contains(row.Kind))
            .ToListAsync(cancellation);
        foreach (var row in open.Where(row => !rows.Exists(watched => watched.PolicyId == row.CompliancePolicyId)))
        {
            End(row, now); // It is watched no more.
        }

        if (rows.Count == 0)
        {
            return false;
        }

        var listed = (await ListAsync(client, integration, cancellation)).ToDictionary(policy => policy.Id);
        var anyTagged = await db.DeviceTags.AnyAsync(
            row =>
                db.OwnedTags.Any(tag => tag.Id == row.OwnedTagId && tag.IntegrationId == integration.Id && tag.InForce),
            cancellation
        );
        var isFirst = false;
        foreach (var row in rows)
        {
            var policy = listed.GetValueOrDefault(row.PolicyId);
            var kind = WatchedPolicies.Told(row.Name, policy is null ? null : Seen(policy), anyTagged);
            foreach (var other in open.Where(one => one.CompliancePolicyId == row.PolicyId && one.Kind != kind))
            {
                End(other, now);
            }

            if (kind is { } found && row.MissedAs == found)
            {
                Tell(db, open, row, found, policy?.Name, now);
            }

            isFirst |= kind is not null && row.MissedAs != kind;
            row.MissedAs = kind;
            if (policy is not null)
            {
                (row.IsActive, row.Assigned, row.Platform) = (policy.IsActive, policy.AssignedDevices, policy.Platform);
                row.SeenAt = now;
            }
        }

        return isFirst;
    }

    /// <exception cref="ReferencesUnreadException">The listing does not add up, or the account may not read it.</exception>
    public static async Task<IReadOnlyList<UemCompliancePolicy>> ListAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        try
        {
            var listing = await client
                .CompliancePolicies.Search(integration.OrganizationGroupId)
                .ReadAllAsync(cancellation);
            return listing.Report.Complete
                ? [.. listing.Items.DistinctBy(policy => policy.Id)]
                : throw new ReferencesUnreadException(
                    "The UEM's listing of compliance policies does not add up, so nothing is concluded from it. It is read again."
                );
        }
        catch (PermissionMissingException refused)
        {
            throw new ReferencesUnreadException(
                $"The account's role lacks Categories > API > REST > Compliance Policy (Read): the UEM answered {(int?)refused.Status}, \"{refused.Reason}\". Grant it in the UEM, or watch no compliance policy."
            );
        }
    }

    private static PolicySeen Seen(UemCompliancePolicy policy) =>
        new(policy.Name ?? "", policy.IsActive, policy.AssignedDevices);

    private static void Tell(
        PicketDbContext db,
        List<DriftRow> open,
        WatchedPolicyRow watched,
        DriftKind kind,
        string? name,
        DateTimeOffset now
    )
    {
        var row = open.Find(row => row.CompliancePolicyId == watched.PolicyId && row.EndedAt is null);
        row ??= db
            .Drift.Add(
                new DriftRow
                {
                    Id = Guid.CreateVersion7(now),
                    IntegrationId = watched.IntegrationId,
                    Kind = kind,
                    Asks = true,
                    CompliancePolicyId = watched.PolicyId,
                    CompliancePolicy = watched.Name,
                    Since = now,
                }
            )
            .Entity;
        (row.LastSeenAt, row.NewName) = (now, kind == DriftKind.PolicyRenamed ? name : null);
    }

    private static void End(DriftRow row, DateTimeOffset now) =>
        (row.EndedAt, row.State) = (now, row.State == DriftState.Open ? DriftState.Gone : row.State);

    /// <summary>A person's word: what is gone is watched no more, a new name is its name. The rest lasts on.</summary>
    /// <returns>It is over with that.</returns>
    public static async Task<bool> AcceptAsync(PicketDbContext db, DriftRow drift, CancellationToken cancellation)
    {
        var watched = db.WatchedPolicies.Where(row =>
            row.IntegrationId == drift.IntegrationId && row.PolicyId == drift.CompliancePolicyId
        );
        if (drift.Kind == DriftKind.PolicyGone)
        {
            await watched.ExecuteDeleteAsync(cancellation);
        }
        else if (drift is { Kind: DriftKind.PolicyRenamed, NewName: { } name })
        {
            await watched.ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name), cancellation);
        }

        return drift.Kind is DriftKind.PolicyGone or DriftKind.PolicyRenamed;
    }
}
