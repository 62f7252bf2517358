using System.Globalization;

namespace Picket.Core.Response;

public abstract record BrakeOutcome
{
    private BrakeOutcome() { }

    public sealed record Go : BrakeOutcome;

    public sealed record Held(int Changed, int Fleet, string Reason) : BrakeOutcome;
}

/// <summary>
/// Stops a run that would change the tags of too many devices: a wrong feed or policy shows itself so. Up to
/// <see cref="AlwaysAllowed"/> devices may always change, else a small fleet would ask each time. What changed within
/// <see cref="Window"/> counts along: many small runs are no way around it.
/// </summary>
public sealed record TagBrake(double Share = 0.05, int AlwaysAllowed = 5)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <param name="changed">Devices whose tags this run would change.</param>
    /// <param name="fleet">Devices of the integration that are enrolled.</param>
    /// <param name="accepted">How many changes a person accepted for this run (first preview, or a held run); null if none.</param>
    /// <param name="recent">Other devices whose tags changed within <see cref="Window"/> without a person's word.</param>
    public BrakeOutcome Check(int changed, int fleet, int? accepted, int recent = 0)
    {
        var together = changed + recent;
        var over = changed > 0 && together > AlwaysAllowed && together > Share * fleet;
        return !over || changed <= accepted
            ? new BrakeOutcome.Go()
            : new BrakeOutcome.Held(
                changed,
                fleet,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tags of {changed} of {fleet} devices would change{Besides(recent)}, more than {Share * 100:0.#}%. Look at what changed, then approve or discard the run."
                )
            );
    }

    private static string Besides(int recent) =>
        recent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", after {recent} others within the last hour");
}
