namespace Picket.Core.Policy;

/// <summary>Why a device has the policy that it has.</summary>
/// <param name="Steps">All policies of the document: those that hold, nearest first, then the others.</param>
/// <param name="Values">Each value that holds, and which policy states it.</param>
public sealed record PolicyOrigin(
    EffectivePolicy Effective,
    IReadOnlyList<PolicyStep> Steps,
    IReadOnlyList<OriginatedValue> Values
);

/// <param name="Holds">Null: not known.</param>
public sealed record PolicyStep(StatedPolicy Policy, bool? Holds, string Why);

/// <param name="From">The policy's name; null for what Picket has built in.</param>
public sealed record OriginatedValue(PolicyValue Value, string? From);
