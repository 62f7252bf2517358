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
/// <see cref="AlwaysAllowed"/> devices may always change, else a small fleet would ask each time.
/// </summary>
public sealed record TagBrake(double Share = 0.05, int AlwaysAllowed = 5)
{
    /// <param name="fleet">Devices of the integration that are enrolled.</param>
    /// <param name="accepted">How many changes a person accepted for this run (first preview, or a held run); null if none.</param>
    public BrakeOutcome Check(int changed, int fleet, int? accepted)
    {
        var over = changed > AlwaysAllowed && changed > Share * fleet;
        return !over || changed <= accepted
            ? new BrakeOutcome.Go()
            : new BrakeOutcome.Held(
                changed,
                fleet,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tags of {changed} of {fleet} devices would change, more than {Share * 100:0.#}%. Look at what changed, then approve or decline."
                )
            );
    }
}
