using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>What the brake says of a plan.</summary>
/// <param name="Held">Null where it may go.</param>
/// <param name="Recent">Other devices that changed within the hour.</param>
/// <param name="Policy">The version of the policy in force.</param>
internal sealed record BrakedPlan(BrakeOutcome.Held? Held, int Recent, int Policy)
{
    /// <summary>It is held because the policy is new.</summary>
    public bool IsFirstRun { get; init; }
}

/// <summary>Asks the brake of a plan: the limits of the integration, those of its policies, and whether the policy is new.</summary>
public sealed class TagBraking(PolicyStore policies, TimeProvider time)
{
    /// <summary>Of the policy in force.</summary>
    internal async Task<int> VersionAsync(PicketDbContext db, CancellationToken cancellation) =>
        (await policies.CurrentAsync(db, cancellation)).Number;

    /// <param name="accepted">See <see cref="TagBrake.Check"/>.</param>
    /// <param name="acceptedPolicy">The version of the policy for which a person accepted the run; null where none did.</param>
    internal async Task<BrakedPlan> CheckAsync(
        PicketDbContext db,
        IntegrationRow integration,
        TagPlan plan,
        int? accepted,
        int? acceptedPolicy,
        CancellationToken cancellation
    )
    {
        var policy = await policies.CurrentAsync(db, cancellation);
        accepted = policy.Number == acceptedPolicy ? accepted : null; // A word under another policy is none.
        var brake = BrakeFacts.Of(integration);
        var recent = await BrakeFacts.RecentAsync(db, integration.Id, plan, time.GetUtcNow(), cancellation);
        var planned = plan.Calls.SelectMany(call => call.Devices).Select(device => (int)device).ToHashSet();
        var groups = brake.GroupShare is null
            ? []
            : await BrakeFacts.GroupsAsync(db, integration.Id, planned.Union(recent).ToHashSet(), cancellation);
        var byPolicy = await BrakeFacts.PoliciesAsync(db, policy.Book, integration.Id, planned, recent, cancellation);
        // To count all devices takes longer than all else between a verdict and its tag.
        var enough = brake.LeastFleet(plan.ChangedDevices + recent.Count) ?? int.MaxValue;
        var braked = Braked(await BrakeFacts.FleetAsync(db, integration.Id, enough, cancellation));
        return braked.Held is null ? braked : Braked(await BrakeFacts.FleetAsync(db, integration.Id, cancellation));

        BrakedPlan Braked(int fleet)
        {
            // Verdicts move all the time: as much as goes by itself goes along with what a person saw.
            var isAccepted =
                policy.Number == acceptedPolicy
                && (accepted is null || plan.ChangedDevices <= accepted + brake.Allowed(fleet));
            var isFirstRun = plan.ChangedDevices > 0 && policy.Number != integration.TagPolicyVersion && !isAccepted;
            var held = isFirstRun
                ? TagBrake.FirstRun(plan.ChangedDevices, fleet, policy.Number)
                : brake.Check(plan.ChangedDevices, fleet, accepted, recent.Count, groups, byPolicy)
                    as BrakeOutcome.Held;
            return new BrakedPlan(held, recent.Count, policy.Number) { IsFirstRun = isFirstRun };
        }
    }

    /// <summary>The policy is new no more: its first run, to which a person agreed, is through, or it changed nothing.</summary>
    internal static Task AcceptAsync(
        PicketDbContext db,
        Guid integration,
        int version,
        CancellationToken cancellation
    ) =>
        db
            .Integrations.Where(row => row.Id == integration && row.TagPolicyVersion < version)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TagPolicyVersion, version), cancellation);
}
