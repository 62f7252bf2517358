using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Hunts;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>Everything that a version of a feed added, over history: who has any of it, or had it.</summary>
internal sealed class FeedHunts(
    PicketDatabase database,
    HuntSearch search,
    HuntGaps gaps,
    IntelligenceStore intelligence
)
{
    private const int MostRows = 500;

    /// <summary>Each costs two counts over the fleet.</summary>
    private const int MostSystems = 100;

    /// <returns>Null when there is no such version, or its file cannot be read any more.</returns>
    public async Task<Page<FeedHuntRow>?> OfAsync(
        Visible visible,
        Guid feed,
        Guid? version,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.Feeds.AsNoTracking().SingleOrDefaultAsync(row => row.Id == feed, cancellation);
        var wanted = version ?? row?.ActiveVersionId;
        if (
            row is null
            || wanted is not { } id
            || !await db.FeedVersions.AnyAsync(known => known.Id == id && known.FeedId == feed, cancellation)
            || await intelligence.ContentAsync(db, id, cancellation) is not { } content
        )
        {
            return null;
        }

        var added = Added(content, await BeforeAsync(db, row, id, cancellation));
        var matches = await search.MatchAsync(db, content, added, cancellation);
        var found = matches.Select(match => match.App).DistinctBy(app => app.Id).ToList();
        var question = HuntQueries.Question(HuntKind.Feed, row.Name);
        var quarry = await search.ShownAsync(db, visible, question, found, actor, cancellation);
        var holders = await HoldersAsync(db, visible, quarry, cancellation);
        var systems = added.Where(indicator => indicator.IsOfSystems).ToList();
        var asked = await AskedAsync(db, systems, cancellation);
        var rows = matches
            .GroupBy(match => match.Indicator)
            .Select(group => Row(group.Key, [.. group.SelectMany(match => holders[match.App.Id])]))
            .Concat(await SystemsAsync(db, visible, asked, cancellation))
            .Where(hit => hit.Now + hit.Had > 0)
            .OrderByDescending(hit => hit.Now)
            .ThenByDescending(hit => hit.Had)
            .ThenBy(hit => hit.Value, StringComparer.Ordinal)
            .ToList();
        var note = NoteOf(added, rows.Count) + Unasked(systems.Count - asked.Count);
        if (added.Any(indicator => indicator.Kind is IndicatorKind.AppIdPattern))
        {
            var (apps, on) = await gaps.UntestedAsync(db, visible, inForce: id == row.ActiveVersionId, cancellation);
            note += Untested(apps, on);
        }

        return new Page<FeedHuntRow>(
            [.. rows.Take(MostRows)],
            null,
            visible.HidesPersonalApps ? $"{note} {PersonalApps.NotShown}" : note
        );
    }

    private static IReadOnlyList<Indicator> Added(FeedContent content, FeedContent? before)
    {
        var had = FeedEntries.Of(before);
        return FeedEntries.Where(content, entry => !had.ContainsKey(entry)).Indicators;
    }

    private async Task<FeedContent?> BeforeAsync(
        PicketDbContext db,
        FeedRow feed,
        Guid version,
        CancellationToken cancellation
    )
    {
        var before = await FeedReading.BeforeAsync(db, feed, version, cancellation);
        return before is { } known ? await intelligence.ContentAsync(db, known, cancellation) : null;
    }

    private static async Task<ILookup<Guid, Holder>> HoldersAsync(
        PicketDbContext db,
        Visible visible,
        AppQuarry quarry,
        CancellationToken cancellation
    )
    {
        var rows = quarry.Apps.Rows;
        var devices = db.Devices.AsNoTracking().WhereVisible(visible, device => device.IntegrationId);
        var held = await (
            from app in db.DeviceApps.AsNoTracking()
            join device in quarry.Ever(db, devices) on app.DeviceId equals device.Id
            where rows.Contains(app.AppId)
            select new
            {
                app.AppId,
                app.DeviceId,
                device.IntegrationId,
                HasNow = app.GoneAt == null && device.GoneAt == null,
            }
        ).ToListAsync(cancellation);
        return held.Where(each => quarry.ShownAt(each.IntegrationId).Contains(each.AppId))
            .ToLookup(each => each.AppId, each => new Holder(each.DeviceId, each.HasNow));
    }

    private static FeedHuntRow Row(Indicator indicator, IReadOnlyList<Holder> holders)
    {
        var now = holders.Where(holder => holder.HasNow).Select(holder => holder.Device).Distinct().Count();
        var ever = holders.Select(holder => holder.Device).Distinct().Count();
        var pattern = indicator.Kind is IndicatorKind.AppIdPattern;
        return new FeedHuntRow(
            indicator.Kind.ToString(),
            indicator.Value,
            indicator.Family,
            now,
            ever - now,
            pattern ? HuntKind.AppPattern : HuntKind.App,
            pattern ? $"/{indicator.Value}/" : indicator.Value
        );
    }

    /// <summary>
    /// What versions, patch levels and models that are new ask of the history. Those that no stored value fits find nobody.
    /// </summary>
    private static async Task<IReadOnlyList<AskedSystem>> AskedAsync(
        PicketDbContext db,
        IReadOnlyList<Indicator> systems,
        CancellationToken cancellation
    )
    {
        var (asked, values) = (new List<AskedSystem>(), new Dictionary<HuntSubject, IReadOnlyList<string>>());
        var looked = 0;
        foreach (var indicator in systems)
        {
            if (HuntQuestion.Of(indicator) is not { Mistake: null } question || looked == MostSystems)
            {
                continue;
            }

            if (!values.TryGetValue(question.Subject, out var stored))
            {
                stored = await HuntedAttributes.ValuesAsync(db, question.Subject, cancellation);
                values[question.Subject] = stored;
            }

            var fitting = stored.Where(question.Fits).ToList();
            looked += fitting.Count > 0 ? 1 : 0;
            asked.Add(
                new AskedSystem(indicator, question, new AttributeQuarry(question.Subject, question.Platform, fitting))
            );
        }

        return asked;
    }

    private static async Task<IReadOnlyList<FeedHuntRow>> SystemsAsync(
        PicketDbContext db,
        Visible visible,
        IReadOnlyList<AskedSystem> asked,
        CancellationToken cancellation
    )
    {
        var devices = db.Devices.AsNoTracking().WhereVisible(visible, device => device.IntegrationId);
        var rows = new List<FeedHuntRow>();
        foreach (var (indicator, question, quarry) in asked.Where(each => each.Quarry.Values.Count > 0))
        {
            var now = await quarry.Now(db, devices).CountAsync(cancellation);
            var ever = await quarry.Ever(db, devices).CountAsync(cancellation);
            rows.Add(
                new FeedHuntRow(
                    indicator.Kind.ToString(),
                    indicator.Value,
                    indicator.Family,
                    now,
                    ever - now,
                    Enum.Parse<HuntKind>(question.Subject.ToString()),
                    question.Value
                )
            );
        }

        return rows;
    }

    private static string? Unasked(int systems) =>
        systems == 0
            ? null
            : $" {systems} of its versions, patch levels and models were not asked of the history: hunt for these one by one.";

    private static string NoteOf(IReadOnlyList<Indicator> added, int found)
    {
        var testable = added.Count(indicator => indicator.IsTestable);
        var note = $"{added.Count} new indicators, {testable} of them testable from UEM data.";
        if (found > MostRows)
        {
            note += $" {found} of them were found; the first {MostRows} are listed.";
        }

        return note;
    }

    private static string? Untested(int apps, int devices) =>
        apps == 0
            ? null
            : $" Its new patterns were not tried on {apps} hashed personal apps, on {devices} devices: of these this answer "
                + "does not speak.";

    private sealed record Holder(Guid Device, bool HasNow);

    private sealed record AskedSystem(Indicator Indicator, HuntQuestion Question, AttributeQuarry Quarry);
}
