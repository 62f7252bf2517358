using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Risk;

namespace Picket.Server.WhatIf;

/// <summary>What came out of a trial.</summary>
internal sealed class WhatIfOutcome
{
    private readonly IReadOnlyList<DateTimeOffset> moments;
    private readonly (LevelSums Before, LevelSums After) sums;
    private readonly int devices;
    private readonly IReadOnlyList<(string Tag, string Set)> sets;
    private readonly IReadOnlyList<IntegrationRow> integrations;
    private readonly int asked;
    private readonly IReadOnlyList<string> notes;
    private readonly TimeSpan took;

    public WhatIfOutcome(
        Guid id,
        DateTimeOffset at,
        IReadOnlyList<DateTimeOffset> moments,
        FleetTrial trial,
        IReadOnlyList<IntegrationRow> integrations,
        int asked,
        IReadOnlyList<string> notes,
        TimeSpan took
    )
    {
        (Id, At, this.moments, this.integrations) = (id, at, moments, integrations);
        (this.asked, this.notes, this.took) = (asked, notes, took);
        // The trial itself goes: it holds all that feeds say, and who is in which group.
        (sums, devices, sets) = ((trial.Before, trial.After), trial.Devices, trial.Sets);
        Told = [.. trial.Told.OrderBy(device => device.Id)];
    }

    public Guid Id { get; }

    public DateTimeOffset At { get; }

    /// <summary>The devices on which the change tells, in the order of ids.</summary>
    public IReadOnlyList<TriedDevice> Told { get; }

    /// <summary>Those whose level would be another one.</summary>
    public IEnumerable<TriedDevice> Moved => Told.Where(device => device.Before != device.After);

    /// <summary>Of those whose tags would change the ones that are on the never-touch list: no tag follows there.</summary>
    public IReadOnlySet<Guid> Never { get; set; } = new HashSet<Guid>();

    public WhatIfView View() =>
        new()
        {
            Id = Id,
            At = At,
            Milliseconds = (int)took.TotalMilliseconds,
            Devices = devices,
            Days =
            [
                .. moments.Select(
                    (moment, index) =>
                        new WhatIfDay(
                            DateOnly.FromDateTime(moment.UtcDateTime),
                            Counts(sums.Before, index),
                            Counts(sums.After, index)
                        )
                ),
            ],
            Moves =
            [
                .. Moved
                    .GroupBy(device => (device.Before, device.After))
                    .Select(move => new WhatIfMove(
                        FindingViews.LevelOf(move.Key.Before),
                        FindingViews.LevelOf(move.Key.After),
                        move.Count()
                    ))
                    .OrderByDescending(move => move.Devices),
            ],
            Kinds = [.. Kinds().OrderByDescending(kind => kind.Comes + kind.Goes)],
            Tags = [.. integrations.SelectMany(TagsOf)],
            Notes = [.. notes, .. Notes()],
        };

    private IEnumerable<WhatIfKind> Kinds() =>
        Told.SelectMany(device => device.Comes.Concat(device.Goes))
            .Distinct()
            .Select(kind => new WhatIfKind(
                kind,
                FindingKinds.TitleOf(kind),
                Told.Count(device => device.Comes.Contains(kind)),
                Told.Count(device => device.Goes.Contains(kind))
            ));

    private IEnumerable<WhatIfTag> TagsOf(IntegrationRow integration)
    {
        var moved = Moved.Where(device => device.Integration == integration.Id && !Never.Contains(device.Id)).ToList();
        var told = Told.Where(device => device.Integration == integration.Id && !Never.Contains(device.Id)).ToList();
        var ofSets = sets.Select(tag => new WhatIfTag(
            integration.Id,
            integration.Name,
            null,
            tag.Tag,
            told.Count(device => device.Gets.Contains(tag.Tag)),
            told.Count(device => device.Loses.Contains(tag.Tag)),
            integration.WritingEnabled
        )
        {
            Set = tag.Set,
        });
        return TagLevels
            .NamesOf(integration)
            .Select(tag => new WhatIfTag(
                integration.Id,
                integration.Name,
                FindingViews.LevelOf(tag.Key),
                tag.Value,
                moved.Count(device => device.After == tag.Key),
                moved.Count(device => device.Before == tag.Key),
                integration.WritingEnabled
            ))
            .Concat(ofSets)
            .Where(tag => tag.Added + tag.Removed > 0);
    }

    private IEnumerable<string> Notes()
    {
        if (Never.Count > 0)
        {
            yield return $"{Never.Count} of the devices whose tags would change are on the never-touch list: no tag follows, and "
                + "the figures of tags leave them out.";
        }

        if (moments.Count - 1 < asked)
        {
            yield return $"{asked} days were asked for, and {moments.Count - 1} are tried: what verdicts before rested on is "
                + "not kept (settings in Retention).";
        }

        if (moments.Count > 1)
        {
            yield return "For days past, facts of which no history is kept (times of contact and of readings, members of "
                + "groups, tags) are taken as they are now. Grace of what would be new began then with the last "
                + "change of the facts that it rests on; for today "
                + "it begins today.";
        }
    }

    private static LevelCounts Counts(LevelSums sums, int moment) =>
        new(
            sums[moment, RiskLevel.Unknown],
            sums[moment, RiskLevel.Secure],
            sums[moment, RiskLevel.Low],
            sums[moment, RiskLevel.Medium],
            sums[moment, RiskLevel.High],
            sums[moment, RiskLevel.Critical]
        );
}
