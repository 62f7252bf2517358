using System.Collections.Concurrent;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;

namespace Picket.Core.Policy;

/// <summary>
/// Answers which policy holds for a device: the one whose organization group is nearest, then the one with the smaller
/// priority, then by name. What a nearer one leaves out comes from the next, and lastly from
/// <see cref="DefaultPolicy"/>. Read only but for its memo, and shared by all threads.
/// </summary>
public sealed class PolicyBook
{
    private const int LargestMemo = 50_000;

    public static readonly PolicyBook Default = new(PolicyDocument.Empty);

    private readonly RiskPolicy _below;
    private readonly Dictionary<MemberOf, IReadOnlySet<string>> _named;
    private readonly (MemberOf Kind, string Name)[] _asked;
    private readonly PolicyException[] _ofDevices;
    private readonly ConcurrentDictionary<Question, EffectivePolicy> _memo = new();
    private int _remembered;

    public PolicyBook(PolicyDocument document)
        : this(document, RiskPolicy.Default) { }

    private PolicyBook(PolicyDocument document, RiskPolicy below)
    {
        Document = document;
        _below = below;
        _named = Enum.GetValues<MemberOf>().ToDictionary(kind => kind, document.NamesOf);
        _asked = [.. _named.SelectMany(named => named.Value.Select(name => (named.Key, name)))];
        _ofDevices = [.. document.Exceptions.Where(exception => exception.Device is not null)];
    }

    public PolicyDocument Document { get; }

    /// <summary>The groups, or tags, that the document names; letter case does not matter.</summary>
    public IReadOnlySet<string> Named(MemberOf kind) => _named[kind];

    /// <summary>The same for every device.</summary>
    public static PolicyBook Same(RiskPolicy policy) => new(PolicyDocument.Empty, policy);

    public EffectivePolicy For(DeviceSubject subject)
    {
        var question = new Question(
            subject.Platform,
            subject.Ownership,
            subject.Place.Groups?.Key,
            Members(subject.Place)
        );
        if (!_memo.TryGetValue(question, out var answer))
        {
            answer = Resolve(subject);
            if (Interlocked.Increment(ref _remembered) <= LargestMemo)
            {
                answer = _memo.GetOrAdd(question, answer);
            }
        }

        return WithOwnExceptions(answer, subject);
    }

    /// <summary>Why this policy: every policy with whether and why it holds, and for each value where it comes from.</summary>
    public PolicyOrigin Explain(DeviceSubject subject)
    {
        var effective = For(subject);
        var steps = Ranked(Ask(subject))
            .OrderBy(step => step.Answer.Holds is true ? 0 : 1)
            .Select(step => new PolicyStep(step.Policy, step.Answer.Holds, step.Answer.Why))
            .ToList();
        var stated = effective
            .Chain.Select(policy =>
                (policy.Name, Stated: PolicyValues.Of(policy.Values).Select(v => v.Name).ToHashSet())
            )
            .ToList();
        var values = PolicyValues
            .Of(effective.Policy)
            .Select(value => new OriginatedValue(
                value,
                stated.FirstOrDefault(policy => policy.Stated.Contains(value.Name)).Name
            ))
            .ToList();
        return new PolicyOrigin(effective, steps, values);
    }

    /// <summary>One letter for each group and tag that the document names: what it does not name decides nothing.</summary>
    private string Members(DevicePlace place) =>
        string.Create(
            _asked.Length,
            (_asked, place),
            static (letters, state) =>
            {
                for (var at = 0; at < letters.Length; at++)
                {
                    var (kind, name) = state._asked[at];
                    letters[at] = state.place.In(kind).Has(name) switch
                    {
                        true => '1',
                        false => '0',
                        null => '?',
                    };
                }
            }
        );

    private EffectivePolicy Resolve(DeviceSubject subject)
    {
        var asked = Ask(subject);
        var chain = Ranked(asked.Where(step => step.Answer.Holds is true)).ToList();
        var exceptions = Document.Exceptions.Where(exception =>
            exception.Device is null && exception.Scope.Ask(subject).Holds is true
        );
        var known = new EffectivePolicy(Over(chain), chain.Select(step => step.Policy).ToList(), [], []);
        return known with
        {
            Undecided =
            [
                .. asked
                    .Where(step => step.Answer.Holds is null && WouldChange(known, chain, step))
                    .Select(step => step.Policy),
            ],
            Exceptions = [.. exceptions.OrderBy(exception => exception.Name, StringComparer.Ordinal)],
        };
    }

    private RiskPolicy Over(IEnumerable<Step> chain) =>
        chain.Reverse().Aggregate(_below, (below, step) => step.Policy.Values.Over(below));

    /// <summary>What it states may hold already, or be overruled by a nearer policy: then its silence hides nothing.</summary>
    private bool WouldChange(EffectivePolicy known, IEnumerable<Step> chain, Step undecided) =>
        PolicyValues.Fingerprint(Over(Ranked(chain.Append(undecided)))) != known.Fingerprint;

    private static IEnumerable<Step> Ranked(IEnumerable<Step> steps) =>
        steps
            .OrderByDescending(step => step.Answer.Depth)
            .ThenBy(step => step.Policy.Priority)
            .ThenBy(step => step.Policy.Name, StringComparer.Ordinal);

    private EffectivePolicy WithOwnExceptions(EffectivePolicy shared, DeviceSubject subject)
    {
        if (_ofDevices.Length == 0)
        {
            return shared;
        }

        var own = _ofDevices
            .Where(exception => exception.IsFor(subject) && exception.Scope.Ask(subject).Holds is true)
            .ToList();
        return own.Count == 0
            ? shared
            : shared with
            {
                Exceptions = [.. shared.Exceptions.Concat(own).OrderBy(e => e.Name, StringComparer.Ordinal)],
            };
    }

    private List<Step> Ask(DeviceSubject subject) =>
        [.. Document.Policies.Select(policy => new Step(policy, policy.Scope.Ask(subject)))];

    private sealed record Step(StatedPolicy Policy, ScopeAnswer Answer);

    private readonly record struct Question(
        DevicePlatform Platform,
        DeviceOwnership Ownership,
        string? Groups,
        string Members
    );
}
