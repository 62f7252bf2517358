using Microsoft.EntityFrameworkCore;
using Picket.Core.Hunts;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

#pragma warning disable CA1862 // The database cannot translate a StringComparison; it has upper().

/// <param name="Quarry">Null where there is a mistake.</param>
/// <param name="Mistake">Why it cannot be looked for.</param>
internal sealed record Sought(Quarry? Quarry, string? Mistake = null);

/// <summary>Turns a question into what the database can find: apps of the fleet, or stored values.</summary>
internal sealed class HuntSearch(PersonalApps personal, IntelligenceStore intelligence, AuditLog audit)
{
    /// <summary>A pattern that fits more apps is no hunt, but a list of everything.</summary>
    private const int MostApps = 1000;

    /// <param name="actor">Who is shown the answer, to be named where personal apps are part of it; null for nobody.</param>
    public async Task<Sought> FindAsync(
        PicketDbContext db,
        Visible visible,
        HuntQuestion question,
        string? actor,
        CancellationToken cancellation
    )
    {
        if (question.Subject is HuntSubject.OsVersion or HuntSubject.PatchLevel or HuntSubject.Model)
        {
            var values = await HuntedAttributes.ValuesAsync(db, question.Subject, cancellation);
            return new Sought(
                new AttributeQuarry(question.Subject, question.Platform, [.. values.Where(question.Fits)])
            );
        }

        IReadOnlyList<Indicator> systems = [];
        IReadOnlyList<FoundApp> apps;
        if (question.Subject is HuntSubject.Feed)
        {
            var contents = await InForceAsync(db, question.Value, cancellation);
            if (contents is null)
            {
                return new Sought(null, $"There is no feed {question.Value} in force.");
            }

            apps = await AppsOfAsync(db, contents, cancellation);
            systems = [.. contents.SelectMany(content => content.Indicators).Where(each => each.IsOfSystems)];
        }
        else
        {
            apps =
                question.Subject is HuntSubject.App
                    ? await ExactAsync(db, question.Value, cancellation)
                    : await PatternAsync(db, question, cancellation);
        }

        if (apps.Count > MostApps)
        {
            var many = $"It fits {apps.Count} apps of the fleet; a hunt is for {MostApps} at most. Narrow it down.";
            return new Sought(null, many);
        }

        var shown = await ShownAsync(db, visible, question, apps, actor, cancellation);
        return new Sought(systems.Count == 0 ? shown : await WithSystemsAsync(db, shown, systems, cancellation));
    }

    /// <summary>
    /// Of each subject and platform one quarry, however many indicators there are: a fleet has few values of each.
    /// </summary>
    private static async Task<FeedQuarry> WithSystemsAsync(
        PicketDbContext db,
        AppQuarry apps,
        IReadOnlyList<Indicator> systems,
        CancellationToken cancellation
    )
    {
        var questions = systems.Select(HuntQuestion.Of).OfType<HuntQuestion>().Where(each => each.Mistake is null);
        var quarries = new List<AttributeQuarry>();
        var bySubject = questions.GroupBy(each => each.Subject).ToList();
        foreach (var subject in bySubject)
        {
            var values = await HuntedAttributes.ValuesAsync(db, subject.Key, cancellation);
            quarries.AddRange(
                from same in subject.GroupBy(each => each.Platform)
                let fitting = values.Where(value => same.Any(each => each.Fits(value))).ToList()
                where fitting.Count > 0
                select new AttributeQuarry(subject.Key, same.Key, fitting)
            );
        }

        return new FeedQuarry(apps, quarries, [.. bySubject.Select(subject => subject.Key)]);
    }

    /// <summary>Personal apps among what was found leave a trace; to whom none may be shown, none are looked for.</summary>
    public async Task<AppQuarry> ShownAsync(
        PicketDbContext db,
        Visible visible,
        HuntQuestion question,
        IReadOnlyList<FoundApp> apps,
        string? actor,
        CancellationToken cancellation
    )
    {
        var inClear = apps.Where(app => !app.Hashed).Select(app => app.Id).ToList();
        var shown = visible.PersonalApps is { Count: 0 } ? inClear : [.. apps.Select(app => app.Id)];
        if (actor is not null && inClear.Count < shown.Count)
        {
            audit.Add(db, actor, "app.holders-read", question.Value);
            await db.SaveChangesAsync(cancellation);
        }

        var names = apps.Where(app => app.Hashed).ToDictionary(app => app.Id, app => app.FoundBy);
        return new AppQuarry(new HuntedApp(shown, inClear), visible, names);
    }

    private async Task<IReadOnlyList<FoundApp>> ExactAsync(
        PicketDbContext db,
        string id,
        CancellationToken cancellation
    )
    {
        var (hash, upper) = (personal.HashOf(id), id.ToUpperInvariant());
        return await db
            .Apps.AsNoTracking()
            .Where(row => (row.Hashed && row.Identifier == hash) || (!row.Hashed && row.Identifier.ToUpper() == upper))
            .Select(row => new FoundApp(row.Id, row.Hashed, id))
            .ToListAsync(cancellation);
    }

    /// <summary>Of hashed apps a pattern can say nothing: the answer says of how many.</summary>
    private static async Task<IReadOnlyList<FoundApp>> PatternAsync(
        PicketDbContext db,
        HuntQuestion question,
        CancellationToken cancellation
    )
    {
        var found = new List<FoundApp>();
        var ids = db.Apps.AsNoTracking().Where(row => !row.Hashed).Select(row => new { row.Id, row.Identifier });
        await foreach (var app in ids.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (question.Fits(app.Identifier))
            {
                found.Add(new FoundApp(app.Id, false, app.Identifier));
            }
        }

        return found;
    }

    /// <returns>Null where no feed of this name is in force.</returns>
    public async Task<IReadOnlyList<FeedContent>?> InForceAsync(
        PicketDbContext db,
        string name,
        CancellationToken cancellation
    )
    {
        var versions = await db
            .Feeds.Where(feed => feed.Name == name && feed.ActiveVersionId != null)
            .Select(feed => feed.ActiveVersionId!.Value)
            .ToListAsync(cancellation);
        var contents = new List<FeedContent>();
        foreach (var version in versions)
        {
            if (await intelligence.ContentAsync(db, version, cancellation) is { } content)
            {
                contents.Add(content);
            }
        }

        return versions.Count == 0 ? null : contents;
    }

    private async Task<IReadOnlyList<FoundApp>> AppsOfAsync(
        PicketDbContext db,
        IReadOnlyList<FeedContent> contents,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<Guid, FoundApp>();
        foreach (var content in contents)
        {
            foreach (var (_, app) in await MatchAsync(db, content, content.Indicators, cancellation))
            {
                found[app.Id] = app;
            }
        }

        return [.. found.Values];
    }

    /// <summary>Apps of the fleet that indicators match; hashed ones by exact id, or by the patterns that they were tested against.</summary>
    public async Task<IReadOnlyList<(Indicator Indicator, FoundApp App)>> MatchAsync(
        PicketDbContext db,
        FeedContent content,
        IReadOnlyList<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var ofApps = indicators.Where(indicator => indicator.IsOfApps).ToList();
        if (ofApps.Count == 0)
        {
            return [];
        }

        var matches = await AppMatching.Of(content, ofApps, intelligence).FindAsync(db, cancellation);
        var ids = matches.Select(match => match.App).Distinct().ToList();
        var hashed = (
            await db
                .Apps.Where(row => ids.Contains(row.Id) && row.Hashed)
                .Select(row => row.Id)
                .ToListAsync(cancellation)
        ).ToHashSet();
        return
        [
            .. matches.Select(match =>
                (match.Indicator, new FoundApp(match.App, hashed.Contains(match.App), match.Indicator.Value))
            ),
        ];
    }
}

/// <param name="FoundBy">The id or the indicator that found it.</param>
internal sealed record FoundApp(Guid Id, bool Hashed, string FoundBy);
