using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Ids">The row of each app.</param>
/// <param name="NewlyMatched">Personal apps that were stored before, and of which it is only known now that a pattern matches.</param>
internal sealed record CataloguedApps(IReadOnlyDictionary<KeptApp, Guid> Ids, IReadOnlyList<Guid> NewlyMatched);

/// <summary>
/// Rows of the fleet's distinct apps. A fleet has some thousand of them, so those met once are remembered; but not the
/// hashed ones, whose tests may have moved on in another process.
/// </summary>
internal sealed class AppCatalogue
{
    private const int Remembered = 200_000;
    private const int AtOnce = 1000;

    private static readonly string[] Unique = [nameof(AppRow.Platform), nameof(AppRow.Identifier)];
    private static readonly string[] Tested = [nameof(AppRow.TestedPatterns), nameof(AppRow.MatchedPatterns)];

    private readonly ConcurrentDictionary<KeptApp, AppRow> known = new();

    /// <summary>
    /// The ids, with rows made for apps that are new, in the transaction that is open on the context. Another
    /// integration may be making the same ones: whoever comes second waits, and takes the rows of the first.
    /// </summary>
    public async Task<CataloguedApps> CatalogueAsync(
        PicketDatabase database,
        PicketDbContext db,
        IEnumerable<KeptApp> apps,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var wanted = Distinct(apps);
        var rows = wanted.Keys.Where(known.ContainsKey).ToDictionary(app => app, app => known[app]);
        await FindAsync(db, wanted.Keys.Except(rows.Keys), rows, remember: true, cancellation);
        var made = wanted.Values.Where(app => !rows.ContainsKey(app)).Select(app => app.Row(now)).ToList();
        await database.Bulk.InsertMissingAsync(db, made, Unique, cancellation);
        await FindAsync(db, wanted.Keys.Except(rows.Keys), rows, remember: false, cancellation);
        var matched = await NoteTestsAsync(database, db, wanted.Values, rows, cancellation);
        return new(rows.ToDictionary(pair => pair.Key, pair => pair.Value.Id), matched);
    }

    /// <summary>Ids that differ in letter case alone have one hash; what matched any of them matched the app.</summary>
    private static Dictionary<KeptApp, KeptApp> Distinct(IEnumerable<KeptApp> apps)
    {
        var distinct = new Dictionary<KeptApp, KeptApp>();
        foreach (var app in apps)
        {
            distinct[app] = distinct.TryGetValue(app, out var same) ? same.With(app.Matched) : app;
        }

        return distinct;
    }

    private async Task FindAsync(
        PicketDbContext db,
        IEnumerable<KeptApp> wanted,
        Dictionary<KeptApp, AppRow> rows,
        bool remember,
        CancellationToken cancellation
    )
    {
        foreach (var part in wanted.Select(app => app.Identifier).Distinct().ToList().Chunk(AtOnce))
        {
            var found = await db
                .Apps.AsNoTracking()
                .Where(row => part.Contains(row.Identifier))
                .ToListAsync(cancellation);
            foreach (var row in found)
            {
                var app = KeptApp.Of(row);
                rows[app] = row;
                if (remember && !row.Hashed && known.Count < Remembered)
                {
                    known[app] = row; // Only what is committed is remembered: it was read, not just written.
                }
            }
        }
    }

    private static async Task<IReadOnlyList<Guid>> NoteTestsAsync(
        PicketDatabase database,
        PicketDbContext db,
        IEnumerable<KeptApp> apps,
        Dictionary<KeptApp, AppRow> rows,
        CancellationToken cancellation
    )
    {
        var tests = apps.Select(app => (App: app, Row: rows[app]))
            .Where(test => !test.App.IsTestedBy(test.Row))
            .ToList();
        var matched = tests.Where(test => test.App.IsNewMatchFor(test.Row)).Select(test => test.Row.Id).ToList();
        var updates = tests.Select(test => test.App.TestOf(test.Row)).ToList();
        var ids = updates.Select(row => row.Id).ToArray();
        if (ids.Length > 0 && !database.IsSqlite)
        {
            // In one order, else two integrations that note tests of the same apps could wait for each other.
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM apps WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR UPDATE""",
                cancellation
            );
        }

        await database.Bulk.UpdateAsync(db, updates, Tested, cancellation);
        return matched;
    }
}
