using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>What holds for a device: the values, the policies that they come from, and the exceptions in its scope.</summary>
/// <param name="Chain">The policies that hold, nearest first.</param>
/// <param name="Undecided">Policies that might hold, if more were known of the device, and would change something.</param>
public sealed record EffectivePolicy(
    RiskPolicy Policy,
    IReadOnlyList<StatedPolicy> Chain,
    IReadOnlyList<StatedPolicy> Undecided,
    IReadOnlyList<PolicyException> Exceptions
)
{
    public static readonly EffectivePolicy BuiltIn = new(RiskPolicy.Default, [], [], []);

    private readonly Lazy<string> _fingerprint = new(() => PolicyValues.Fingerprint(Policy));

    /// <summary>Two with the same one judge alike, exceptions aside.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The nearest policy that says how much may change before a person is asked; null where none does.</summary>
    public StatedPolicy? Braking => Chain.FirstOrDefault(policy => policy.Values.Brake is not null);

    /// <summary>Judges every device as the other does, as far as the policy decides it.</summary>
    public bool JudgesAs(EffectivePolicy other) =>
        (ReferenceEquals(Policy, other.Policy) || Fingerprint == other.Fingerprint)
        && Undecided.Count > 0 == other.Undecided.Count > 0
        && Exceptions.Select(Judged).SequenceEqual(other.Exceptions.Select(Judged));

    /// <summary>Of several exceptions the one that holds longest is named.</summary>
    internal PolicyException? ExceptionFor(Finding finding, DateOnly day)
    {
        PolicyException? found = null;
        foreach (var exception in Exceptions)
        {
            if (exception.HoldsOn(day) && exception.Concerns(finding) && (found is null || IsBefore(exception, found)))
            {
                found = exception;
            }
        }

        return found;
    }

    public bool Equals(EffectivePolicy? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static (string, ExceptionTarget, string, DateOnly) Judged(PolicyException exception) =>
        (exception.Name, exception.Target, exception.Value, exception.Ends);

    private static bool IsBefore(PolicyException left, PolicyException right) =>
        left.Ends != right.Ends ? left.Ends > right.Ends : string.CompareOrdinal(left.Name, right.Name) < 0;
}
