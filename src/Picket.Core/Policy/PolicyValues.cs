using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>One value of a policy, as the document writes it.</summary>
/// <param name="Name">Its place in the document (<c>levels.os.outdated</c>).</param>
public sealed record PolicyValue(string Name, string Text);

/// <summary>Policies as lists of values, to be compared and shown.</summary>
public static class PolicyValues
{
    public static IReadOnlyList<PolicyValue> Of(RiskPolicy policy)
    {
        var values = new StatedValues
        {
            Levels = FindingKinds
                .All.Where(kind => !PolicyWords.Stepped.ContainsKey(kind.Id) || policy.Off.Contains(kind.Id))
                .ToDictionary(kind => kind.Id, policy.LevelOf),
            Grace = policy.Grace.Where(grace => grace.Value > 0).ToDictionary(),
            PatchAge = policy.PatchAge,
            NoContact = policy.NoContact,
            OldestFactDays = policy.OldestFactDays,
            OldestFeedDays = policy.OldestFeedDays,
            UpdateMayWaitDays = policy.OutdatedGraceDays,
            Silence = policy.Silence,
            RequiredApps = policy.RequiredApps,
            DeniedApps = policy.DeniedApps,
            SupervisionRequired = policy.SupervisionRequired,
            Caps = policy.Caps,
            Sources = policy.Sources,
        };
        return Of(values);
    }

    /// <summary>The same for two policies that state the same.</summary>
    public static string Fingerprint(RiskPolicy policy) =>
        string.Join('\n', Of(policy).Select(value => $"{value.Name}={value.Text}"));

    public static IReadOnlyList<PolicyValue> Of(StatedValues stated)
    {
        var values = new List<PolicyValue>();
        values.AddRange(Sorted(stated.Levels, level => $"levels.{level.Key}", level => PolicyWords.Of(level.Value)));
        values.AddRange(Sorted(stated.Grace, grace => $"grace.{grace.Key}", grace => PolicyWords.Days(grace.Value)));
        Add("ages.patchAge", stated.PatchAge is { } patch ? PolicyWords.Of(patch) : null);
        Add("ages.noContact", stated.NoContact is { } contact ? PolicyWords.Of(contact) : null);
        Add("ages.oldestFact", Days(stated.OldestFactDays));
        Add("ages.oldestFeed", Days(stated.OldestFeedDays));
        Add("ages.updateMayWait", Days(stated.UpdateMayWaitDays));
        Add("silence", stated.Silence?.ToString());
        Add("apps.required", Apps(stated.RequiredApps));
        Add("apps.denied", Apps(stated.DeniedApps));
        Add("brake", stated.Brake?.ToString());
        Add("supervision", stated.SupervisionRequired is { } required ? Supervision(required) : null);
        values.AddRange(
            Sorted(stated.Caps, cap => $"confidence.cap.{PolicyWords.Of(cap.Key)}", cap => PolicyWords.Of(cap.Value))
        );
        values.AddRange(
            Sorted(
                stated.Sources,
                source => $"confidence.sources.{source.Key.Feed}.{PolicyWords.Of(source.Key.Kind)}",
                source => PolicyWords.Of(source.Value)
            )
        );
        return values;

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                values.Add(new PolicyValue(name, text));
            }
        }
    }

    internal static string Supervision(bool required) => required ? "required" : "not-required";

    private static IEnumerable<PolicyValue> Sorted<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> entries,
        Func<KeyValuePair<TKey, TValue>, string> name,
        Func<KeyValuePair<TKey, TValue>, string> text
    ) =>
        entries
            .Select(entry => new PolicyValue(name(entry), text(entry)))
            .OrderBy(value => value.Name, StringComparer.Ordinal);

    private static string? Days(int? days) => days is { } known ? PolicyWords.Days(known) : null;

    private static string? Apps(IReadOnlyList<PolicyApp>? apps) =>
        apps is null ? null
        : apps.Count == 0 ? "none"
        : string.Join("; ", apps.Select(app => $"{app}").Order(StringComparer.Ordinal));
}
