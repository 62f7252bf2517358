using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>The sheet on which the rules write while one device is judged.</summary>
internal sealed class Judging(DeviceFacts facts, RiskContext context, DateTimeOffset now)
{
    private readonly HashSet<string> _watching = new(StringComparer.OrdinalIgnoreCase);

    public DeviceFacts Facts { get; } = facts;

    public RiskContext Context { get; } = context;

    public EffectivePolicy Effective { get; } = context.Policies.For(DeviceSubject.Of(facts));

    public RiskPolicy Policy => Effective.Policy;

    public DateTimeOffset Now { get; } = now;

    public DateOnly Today { get; } = DateOnly.FromDateTime(now.UtcDateTime);

    public List<Finding> Findings { get; } = [];

    public List<UnknownFact> Unknowns { get; } = [];

    public List<VerdictNote> Notes { get; } = [];

    /// <summary>
    /// The app is listed as made for watching people. No other finding about it may ask for its removal or tell the user:
    /// whoever watches would be warned.
    /// </summary>
    public void NoteWatching(AppOnDevice app) => _watching.Add(IdOf(app));

    public bool IsWatching(AppOnDevice app) => _watching.Contains(IdOf(app));

    private static string IdOf(AppOnDevice app) => app.Identifier ?? app.IdentifierHash ?? "";

    public void Find(
        FindingKind kind,
        string text,
        FindingProof proof,
        FindingEvidence evidence,
        RiskLevel? level = null,
        string? subject = null,
        bool userIsNotTold = false
    )
    {
        if (Policy.LevelOf(kind) is not { } ofKind)
        {
            return;
        }

        var cap = evidence.Confidence is { } sure ? Policy.Caps[sure] : RiskLevel.Critical;
        var raised = level ?? ofKind;
        var finding = new Finding(
            kind.Id,
            kind.RuleVersion,
            subject is null ? kind.Id : $"{kind.Id}|{subject}",
            raised < cap ? raised : cap,
            kind.Title,
            text,
            kind.AttackIds,
            proof,
            evidence
        )
        {
            UserIsNotTold = userIsNotTold,
        };
        Add(Standing.Of(finding, Effective, firstTrue: Now, Now));
    }

    /// <summary>One finding for each key: of two the worse stays.</summary>
    private void Add(Finding finding)
    {
        var same = Findings.FindIndex(known => known.Key == finding.Key);
        if (same < 0)
        {
            Findings.Add(finding);
        }
        else if (finding.Level > Findings[same].Level)
        {
            Findings[same] = finding;
        }
    }

    /// <summary>
    /// Whether the policy lets the stronger finding weigh at least as much as the milder one, so that it may stand for both.
    /// In grace, excepted, off or at a lower level it would only take the milder one's weight away.
    /// </summary>
    public bool Covers(FindingKind stronger, FindingKind milder) =>
        Policy.LevelOf(stronger) is { } level
        && !(level < Policy.LevelOf(milder))
        && Policy.GraceOf(stronger.Id) == 0
        && !Effective.Exceptions.Any(exception => exception.HoldsOn(Today) && exception.Concerns(stronger));

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

        if (fact.AgeAt(Now) is { } age && age > TimeSpan.FromDays(Policy.OldestFactDays))
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

        var counts = required ?? IsRequired(name);
        var missed = new UnknownFact(name, cause, text ?? BlindSpotTexts.Of(name, cause), counts, blocks, holding);
        var same = Unknowns.FindIndex(known => (known with { Blocks = blocks }) == missed);
        if (same < 0)
        {
            Unknowns.Add(missed);
        }
        else
        {
            Unknowns[same] = missed with { Blocks = [.. Unknowns[same].Blocks.Union(blocks)] };
        }
    }

    private bool IsRequired(FactName name) =>
        DefaultPolicy.RequiredFor(Facts.Platform).Contains(name)
        || name switch
        {
            FactName.Supervision => true, // Asked for only where the policy wants it.
            FactName.Apps => Policy.DeniedApps.Concat(Policy.RequiredApps).Any(app => app.Concerns(Facts.Platform)),
            _ => false,
        };

    public static FactUsed Used<T>(FactName name, Fact<T> fact) =>
        new(name, Convert.ToString(fact.Value, CultureInfo.InvariantCulture) ?? "", fact.CollectedAt);
}
