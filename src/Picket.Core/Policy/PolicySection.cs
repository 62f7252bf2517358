using System.Globalization;
using Picket.Core.Intelligence;
using Picket.Core.Intelligence.Formats;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>Reads one entry of <c>policies</c>.</summary>
internal static class PolicySection
{
    private const int DefaultPriority = 100;
    private const int LargestPriority = 10_000;

    private static readonly string[] Fields =
    [
        "name",
        "group",
        "when",
        "priority",
        "levels",
        "grace",
        "ages",
        "silence",
        "apps",
        "supervision",
        "brake",
        "confidence",
    ];

    private static readonly string[] Ages = ["patchAge", "noContact", "oldestFact", "oldestFeed", "updateMayWait"];
    private static readonly string[] Confidences = ["cap", "sources"];

    private static readonly Dictionary<string, bool> SupervisionWords = new()
    {
        [PolicyValues.Supervision(true)] = true,
        [PolicyValues.Supervision(false)] = false,
    };

    public static StatedPolicy? Read(PolicyFields fields, FeedNode node)
    {
        if (!fields.IsMap(node, "A policy", Fields))
        {
            return null;
        }

        var name = fields.Text(node, "name", required: true);
        var scope = ScopeSection.Read(fields, node);
        if (node["group"] is null)
        {
            fields.Add(node, "'group' is missing. Name an organization group, or write group: \"*\" for all.");
        }

        var values = new StatedValues
        {
            Levels = Levels(fields, node),
            Grace = Grace(fields, node),
            Silence = Silence(fields, node),
            Brake = BrakeSection.Read(fields, node),
            SupervisionRequired = node["supervision"] is { } supervision
                ? fields.Word(supervision, "'supervision'", SupervisionWords)
                : null,
        };
        values = WithConfidence(fields, node, WithApps(fields, node, WithAges(fields, node, values)));
        return name is null ? null : new StatedPolicy(name, scope, Priority(fields, node), values);
    }

    private static int Priority(PolicyFields fields, FeedNode node)
    {
        if (node["priority"] is not { } given)
        {
            return DefaultPriority;
        }

        if (
            int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            && priority is > 0 and <= LargestPriority
        )
        {
            return priority;
        }

        fields.Add(
            given,
            $"'priority' must be a whole number from 1 to {LargestPriority}; the smaller one goes first."
        );
        return DefaultPriority;
    }

    private static Dictionary<string, RiskLevel?> Levels(PolicyFields fields, FeedNode node)
    {
        var levels = new Dictionary<string, RiskLevel?>();
        foreach (var (id, value) in fields.Entries(node, "levels", "os.outdated: low"))
        {
            if (fields.Kind(id, value) is null)
            {
                continue;
            }

            if (value.Text == PolicyWords.Off)
            {
                levels[id] = null;
            }
            else if (PolicyWords.Stepped.TryGetValue(id, out var steps))
            {
                fields.Add(
                    value,
                    $"The level of {id} grows with age: set it in 'ages', '{steps}'. Here it can only be off."
                );
            }
            else if (fields.Word(value, $"The level of {id}", WithOff) is { } level)
            {
                levels[id] = level;
            }
        }

        return levels;
    }

    private static readonly Dictionary<string, RiskLevel> WithOff = PolicyWords
        .Levels.Append(new(PolicyWords.Off, RiskLevel.Unknown))
        .ToDictionary();

    private static Dictionary<string, int> Grace(PolicyFields fields, FeedNode node)
    {
        var grace = new Dictionary<string, int>();
        foreach (var (id, value) in fields.Entries(node, "grace", "os.exploited-cves: 7d"))
        {
            if (fields.Kind(id, value) is not null && fields.DaysOf(value, $"The grace of {id}") is { } days)
            {
                grace[id] = days;
            }
        }

        return grace;
    }

    private static Silence? Silence(PolicyFields fields, FeedNode node)
    {
        if (node["silence"] is not { } given)
        {
            return null;
        }

        switch (given.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["unknown"]:
                return Policy.Silence.Unknown;
            case ["fail-open"]:
                return new Silence(SilenceMode.FailOpen);
            case ["fail-closed"]:
                return new Silence(SilenceMode.FailClosed);
            case ["grace", var days]:
                return fields.DaysOf(days, given, "The grace of 'silence'") is { } known
                    ? new Silence(SilenceMode.Grace, known)
                    : null;
            default:
                fields.Add(given, "'silence' must be one of: unknown, fail-open, grace 7d (any days), fail-closed.");
                return null;
        }
    }

    private static StatedValues WithAges(PolicyFields fields, FeedNode node, StatedValues values)
    {
        if (node["ages"] is not { } ages || !fields.IsMap(ages, "'ages'", Ages))
        {
            return values;
        }

        return values with
        {
            PatchAge = Steps(fields, ages, "patchAge"),
            NoContact = Steps(fields, ages, "noContact"),
            OldestFactDays = fields.Days(ages, "oldestFact"),
            OldestFeedDays = fields.Days(ages, "oldestFeed"),
            UpdateMayWaitDays = fields.Days(ages, "updateMayWait"),
        };
    }

    private static List<AgeStep>? Steps(PolicyFields fields, FeedNode ages, string name)
    {
        if (ages[name] is not { } node)
        {
            return null;
        }

        var steps = new List<AgeStep>();
        foreach (var (age, value) in fields.Entries(ages, name, "90d: medium"))
        {
            var days = fields.DaysOf(age, value, $"A step of '{name}'");
            var level = fields.Word(
                value,
                $"The level of '{name}' from {PolicyFields.Short(age)} on",
                PolicyWords.Levels
            );
            if (days is { } from && level is { } then)
            {
                steps.Add(new AgeStep(from, then));
            }
        }

        var sorted = steps.OrderBy(step => step.Days).ToList();
        if (sorted.Zip(sorted.Skip(1)).Any(pair => pair.Second.Level < pair.First.Level))
        {
            fields.Add(node, $"The levels of '{name}' must not fall with age.");
        }

        return sorted;
    }

    private static StatedValues WithApps(PolicyFields fields, FeedNode node, StatedValues values)
    {
        if (node["apps"] is not { } apps || !fields.IsMap(apps, "'apps'", AppSection.Lists))
        {
            return values;
        }

        return values with
        {
            RequiredApps = apps["required"] is null ? null : AppSection.Read(fields, apps, "required"),
            DeniedApps = apps["denied"] is null ? null : AppSection.Read(fields, apps, "denied"),
        };
    }

    private static StatedValues WithConfidence(PolicyFields fields, FeedNode node, StatedValues values)
    {
        if (node["confidence"] is not { } confidence || !fields.IsMap(confidence, "'confidence'", Confidences))
        {
            return values;
        }

        var caps = new Dictionary<Confidence, RiskLevel>();
        if (confidence["cap"] is { } cap && fields.IsMap(cap, "'cap'", [.. PolicyWords.Confidences.Keys]))
        {
            foreach (var (word, value) in cap.Members.Where(entry => PolicyWords.Confidences.ContainsKey(entry.Key)))
            {
                if (fields.Word(value, $"The cap of {word} confidence", PolicyWords.Levels) is { } level)
                {
                    caps[PolicyWords.Confidences[word]] = level;
                }
            }
        }

        return values with
        {
            Caps = caps,
            Sources = Sources(fields, confidence),
        };
    }

    private static Dictionary<FeedTrust, Confidence> Sources(PolicyFields fields, FeedNode confidence)
    {
        var sources = new Dictionary<FeedTrust, Confidence>();
        foreach (var (feed, kinds) in fields.Entries(confidence, "sources", "name of a feed: {app-id: medium}"))
        {
            if (!fields.IsMap(kinds, $"The trust in {PolicyFields.Short(feed)}", [.. PolicyWords.IndicatorKinds.Keys]))
            {
                continue;
            }

            foreach (var (word, value) in kinds.Members)
            {
                if (
                    PolicyWords.IndicatorKinds.TryGetValue(word, out var kind)
                    && fields.Word(value, $"The confidence of {word}", PolicyWords.Confidences) is { } known
                )
                {
                    sources[new FeedTrust(feed, kind)] = known;
                }
            }
        }

        return sources;
    }
}
