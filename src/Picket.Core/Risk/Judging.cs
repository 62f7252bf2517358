using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>The sheet on which the rules write while one device is judged.</summary>
internal sealed class Judging(DeviceFacts facts, RiskContext context, DateTimeOffset now)
{
    private readonly IReadOnlyList<FactName> _required = DefaultPolicy.RequiredFor(facts.Platform);

    public DeviceFacts Facts { get; } = facts;

    public RiskContext Context { get; } = context;

    public DateTimeOffset Now { get; } = now;

    public DateOnly Today { get; } = DateOnly.FromDateTime(now.UtcDateTime);

    public List<Finding> Findings { get; } = [];

    public List<UnknownFact> Unknowns { get; } = [];

    public List<VerdictNote> Notes { get; } = [];

    public void Find(
        FindingKind kind,
        string text,
        FindingProof proof,
        FindingEvidence evidence,
        RiskLevel? level = null,
        string? subject = null
    ) =>
        Findings.Add(
            new Finding(
                kind.Id,
                kind.RuleVersion,
                subject is null ? kind.Id : $"{kind.Id}|{subject}",
                level ?? Context.Policy.LevelOf(kind),
                kind.Title,
                text,
                kind.AttackIds,
                proof,
                evidence
            )
        );

    /// <summary>
    /// The value, whatever its age: an old bad value is still bad. An old or missing one is noted as a blind spot that
    /// neither raises nor clears the kinds it blocks.
    /// </summary>
    public bool Knows<T>(Fact<T> fact, FactName name, IReadOnlyList<string> blocks, out T value)
    {
        if (!fact.TryGet(out value))
        {
            Miss(name, fact.Reason, blocks);
            return false;
        }

        if (fact.AgeAt(Now) is { } age && age > TimeSpan.FromDays(Context.Policy.OldestFactDays))
        {
            Miss(name, MissingReason.TooOld, blocks, BlindSpotTexts.TooOld(name, age));
        }

        return true;
    }

    public void Miss(
        FactName name,
        MissingReason cause,
        IReadOnlyList<string> blocks,
        string? text = null,
        bool? required = null,
        HeldFindings holding = HeldFindings.All
    )
    {
        if (cause is MissingReason.NotApplicable)
        {
            return;
        }

        var counts = required ?? _required.Contains(name);
        Unknowns.Add(new UnknownFact(name, cause, text ?? BlindSpotTexts.Of(name, cause), counts, blocks, holding));
    }

    public static FactUsed Used<T>(FactName name, Fact<T> fact) =>
        new(name, Convert.ToString(fact.Value, CultureInfo.InvariantCulture) ?? "", fact.CollectedAt);
}
