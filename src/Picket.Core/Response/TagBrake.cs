using System.Globalization;
using Picket.Core.Policy;

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

/// <summary>What a run would change of the devices for which a policy decides their brake.</summary>
/// <param name="Changed">Devices that the run would change.</param>
/// <param name="Recent">Others of them that changed within the hour without a person's word.</param>
/// <param name="Devices">How many there are; asked only where the limit is a share.</param>
public sealed record TagPolicyChange(string Policy, PolicyBrake Brake, int Changed, int Recent, int Devices);

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

    /// <summary>Devices within an hour, whatever share they are; null for no such limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>
    /// Share of one organization group within an hour, 0 to 1, so that no site changes as a whole; null for no limit.
    /// </summary>
    public double? GroupShare { get; init; }

    /// <summary>Devices that may change within an hour before a person is asked.</summary>
    public int Allowed(int fleet) => Math.Max(AlwaysAllowed, (int)(Share * fleet));

    /// <summary>The smallest fleet in which so many devices may change; null where there is none.</summary>
    public int? LeastFleet(int within)
    {
        if (within <= AlwaysAllowed)
        {
            return 0;
        }

        var fleet = Math.Ceiling(within / Share);
        return !(fleet < int.MaxValue) ? null
            : Allowed((int)fleet) >= within ? (int)fleet // Shares of whole devices are rounded, either way.
            : (int)fleet + 1;
    }

    /// <param name="changed">Devices whose tags this run would change.</param>
    /// <param name="fleet">Devices of the integration that are enrolled; a larger fleet lets as much go, or more.</param>
    /// <param name="accepted">How many changes a person accepted for this run (first preview, or a held run); null if none.</param>
    /// <param name="recent">Other devices whose tags changed within <see cref="Window"/> without a person's word.</param>
    /// <param name="groups">The groups in which something would change; asked only where <see cref="GroupShare"/> is set.</param>
    /// <param name="policies">The policies that set limits, and of whose devices some would change.</param>
    public BrakeOutcome Check(
        int changed,
        int fleet,
        int? accepted,
        int recent = 0,
        IEnumerable<TagGroupChange>? groups = null,
        IEnumerable<TagPolicyChange>? policies = null
    ) =>
        changed <= 0 || changed <= accepted ? new BrakeOutcome.Go()
        : (
            OverShare(changed, fleet, recent)
            ?? OverRun(changed)
            ?? OverHour(changed, recent)
            ?? OverGroup(groups ?? [])
            ?? (policies ?? []).Select(OverPolicy).FirstOrDefault(over => over is not null)
        )
            is { } why
            ? new BrakeOutcome.Held(changed, fleet, $"{why} Look at what changed, then approve or discard the run.")
        : new BrakeOutcome.Go();

    /// <summary>What a new policy changes first is looked at by a person, however little it is.</summary>
    public static BrakeOutcome.Held FirstRun(int changed, int fleet, int version) =>
        new(
            changed,
            fleet,
            Text(
                $"Version {version} of the policy is new, and this is the first tag run under it: the tags of {changed} of {fleet} devices would change. Look at what changed, then approve or discard the run."
            )
        );

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

    private string? OverHour(int changed, int recent) =>
        changed + recent > PerHour
            ? Text($"The tags of {changed} devices would change{Besides(recent)}, more than the {PerHour} of an hour.")
            : null;

    private static string? OverPolicy(TagPolicyChange change)
    {
        var (brake, within) = (change.Brake, change.Changed + change.Recent);
        return within > brake.Percent / 100 * change.Devices
                ? Text(
                    $"The tags of {change.Changed} of {change.Devices} devices under the policy \"{change.Policy}\" would change{Besides(change.Recent)}, more than its {brake.Percent:0.##}%."
                )
            : within > brake.PerHour
                ? Text(
                    $"The tags of {change.Changed} devices under the policy \"{change.Policy}\" would change{Besides(change.Recent)}, more than its {brake.PerHour} of an hour."
                )
            : change.Changed > brake.PerRun
                ? Text(
                    $"The tags of {change.Changed} devices under the policy \"{change.Policy}\" would change, more than its {brake.PerRun} of one run."
                )
            : null;
    }

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
