using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Policy;
using Picket.Server.Risk;

namespace Picket.Server.WhatIf;

/// <summary>
/// One side of a trial: the fleet judged under one context. For the last moment, which is now, it does what judging does,
/// with the same stored findings, so its outcome is what that context brings.
/// </summary>
/// <param name="silent">Integrations that keep nothing of personal apps.</param>
/// <param name="wanted">The tags of the policy's sets that devices are to carry now.</param>
internal sealed class TrialSide(
    RiskContext context,
    DevicePlaces places,
    IReadOnlySet<Guid> silent,
    ILookup<Guid, WantedTag> wanted,
    IReadOnlyList<DateTimeOffset> moments
)
{
    private readonly IReadOnlyList<DateTimeOffset> turns = [.. context.TurnsBetween(moments[0], moments[^1])];

    public RiskContext Context => context;

    /// <returns>Null where the device has left.</returns>
    public Verdict? Today(PastDevice device) => Verdict(device, moments[^1]);

    /// <summary>The tags of the policy's sets that the verdict of today asks for.</summary>
    public IReadOnlyList<WantedTag> Tags(PastDevice device, Verdict today) =>
        context.Policies.Document.TagSets is { Count: > 0 } sets && device.At(moments[^1]) is { } state
            ? WantedTags.Of(sets, DeviceSubject.Of(Facts(state)), today, [.. wanted[device.Current.Id]])
            : [];

    public RiskLevel?[] Course(PastDevice device, Verdict? today) =>
        LevelCourse.Of(
            moments,
            [.. device.Edges, .. turns, moments[^1]], // Grace of what is new begins today, so today is by itself.
            moment => moment == moments[^1] ? today?.Level : Verdict(device, moment)?.Level
        );

    private Verdict? Verdict(PastDevice device, DateTimeOffset moment)
    {
        if (device.At(moment) is not { } state)
        {
            return null;
        }

        var verdict = RiskEngine.Judge(Facts(state), context, moment);
        var previous = moment == moments[^1] ? state.Findings : WithTimes(device, state, verdict, moment);
        return FindingHistory.Merge(previous, verdict, moment, state.Level).Verdict;
    }

    private DeviceFacts Facts(PastState state) =>
        DeviceFactsOf.Device(state.Row, state.Apps, !silent.Contains(state.Row.IntegrationId), state.HasApps) with
        {
            Place = places.Of(state.Row),
        };

    /// <summary>On days past, a finding that was never stored is taken to be true since its facts are so: its grace began then.</summary>
    private static IReadOnlyList<Finding> WithTimes(
        PastDevice device,
        PastState state,
        Verdict verdict,
        DateTimeOffset moment
    )
    {
        var known = state.Findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
        var never = verdict.Findings.Where(finding => !known.Contains(finding.Key)).ToList();
        return never.Count == 0
            ? state.Findings
            :
            [
                .. state.Findings,
                .. never.Select(finding => finding with { FirstTrue = device.Since(finding, moment) }),
            ];
    }
}
