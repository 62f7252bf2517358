using System.Globalization;

namespace Picket.Core.Response;

public abstract record BrakeOutcome
{
    private BrakeOutcome() { }

    public sealed record Go : BrakeOutcome;

    public sealed record Held(int Changed, int Fleet, string Reason) : BrakeOutcome;
}

/// <summary>What a run would change in one organization group, with all that is below it.</summary>
/// <param name="Changed">Devices that the run would change, and others of the group that changed within the hour.</param>
/// <param name="Fleet">Devices of the group that are enrolled.</param>
public sealed record TagGroupChange(string Group, int Changed, int Fleet);

/// <summary>
/// Stops a run that would change the tags of too many devices: a wrong feed or policy shows itself so. Up to
/// <see cref="AlwaysAllowed"/> devices may change within an hour whatever share they are, else a small fleet would ask each
/// time. What changed within <see cref="Window"/> counts along: many small runs are no way around it.
/// </summary>
/// <param name="Share">Of the fleet, within an hour; 0 to 1.</param>
public sealed record TagBrake(double Share = 0.05, int AlwaysAllowed = 5)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Devices of one run; null for no limit but the share.</summary>
    public int? PerRun { get; init; }

    /// <summary>
    /// Share of one organization group within an hour, 0 to 1, so that no site changes as a whole; null for no limit.
    /// </summary>
    public double? GroupShare { get; init; }

    /// <summary>Devices that may change within an hour before a person is asked.</summary>
    public int Allowed(int fleet) => Math.Max(AlwaysAllowed, (int)(Share * fleet));

    /// <param name="changed">Devices whose tags this run would change.</param>
    /// <param name="fleet">Devices of the integration that are enrolled.</param>
    /// <param name="accepted">How many changes a person accepted for this run (first preview, or a held run); null if none.</param>
    /// <param name="recent">Other devices whose tags changed within <see cref="Window"/> without a person's word.</param>
    /// <param name="groups">The groups in which something would change; asked only where <see cref="GroupShare"/> is set.</param>
    public BrakeOutcome Check(
        int changed,
        int fleet,
        int? accepted,
        int recent = 0,
        IEnumerable<TagGroupChange>? groups = null
    ) =>
        changed <= 0 || changed <= accepted ? new BrakeOutcome.Go()
        : (OverShare(changed, fleet, recent) ?? OverRun(changed) ?? OverGroup(groups ?? [])) is { } why
            ? new BrakeOutcome.Held(changed, fleet, $"{why} Look at what changed, then approve or discard the run.")
        : new BrakeOutcome.Go();

    private string? OverShare(int changed, int fleet, int recent) =>
        changed + recent > Allowed(fleet)
            ? Text(
                $"The tags of {changed} of {fleet} devices would change{Besides(recent)}, more than {Share * 100:0.##}%."
            )
            : null;

    private string? OverRun(int changed) =>
        changed > PerRun
            ? Text($"The tags of {changed} devices would change, more than the {PerRun} of one run.")
            : null;

    private string? OverGroup(IEnumerable<TagGroupChange> groups) =>
        groups.FirstOrDefault(group =>
            GroupShare is { } share && group.Changed > Math.Max(AlwaysAllowed, (int)(share * group.Fleet))
        )
            is { } over
            ? Text(
                $"The tags of {over.Changed} of {over.Fleet} devices of {over.Group} would change within an hour, more than {GroupShare * 100:0.##}% of one organization group."
            )
            : null;

    private static string Besides(int recent) =>
        recent == 0 ? "" : Text($", after {recent} others within the last hour");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
