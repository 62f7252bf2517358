using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Console;
using Picket.Server.Hosting;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Worst">The worst level that a feed's entry gives it on some device; null where none lists it.</param>
/// <param name="Listed">As what it is listed, in words.</param>
public sealed record AppLine(AppView App, DateTimeOffset FirstSeenAt, Level? Worst, string? Listed);

/// <summary>The apps of the fleet for their page: since when, on how many devices, and whether a feed lists them.</summary>
public sealed class AppLines(PicketDatabase database, AppQueries apps)
{
    /// <param name="listed">Only those that a feed lists.</param>
    public async Task<Page<AppLine>> ListAsync(
        Visible visible,
        ListFilter filter,
        bool listed,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var found = await ListedAsync(db, visible, cancellation);
        var page = listed
            ? new Page<AppView>(await OfAsync(visible, [.. found.Keys], filter, cancellation), null)
            : await apps.ListAsync(visible, filter, cancellation);
        var ids = page.Items.Select(app => app.AppId).ToList();
        var rows = await db
            .Apps.AsNoTracking()
            .Where(row => ids.Contains(row.Identifier) && !row.Hashed)
            .ToListAsync(cancellation);
        var times = await AppQueries.FirstSeenAsync(db, visible, rows, cancellation);
        var since = rows.ToDictionary(row => (row.Identifier, row.Platform), row => times.GetValueOrDefault(row.Id));
        return new Page<AppLine>(
            [
                .. page.Items.Select(app =>
                {
                    var known = found.GetValueOrDefault(app.AppId);
                    return new AppLine(
                        app,
                        since.GetValueOrDefault((app.AppId, app.Platform ?? "")),
                        known is null ? null : (Level)known.Max(finding => finding.Level),
                        known is null ? null : string.Join(", ", known.Select(finding => finding.Title).Distinct())
                    );
                }),
            ],
            page.Next,
            page.Note
        );
    }

    /// <summary>One app on each of its platforms; none where nothing is kept of it in clear.</summary>
    public async Task<IReadOnlyList<AppLine>> OfAsync(Visible visible, string appId, CancellationToken cancellation)
    {
        var page = await ListAsync(
            visible,
            new ListFilter { Search = appId, Limit = Paging.MaxLimit },
            listed: false,
            cancellation
        );
        return [.. page.Items.Where(line => line.App.AppId == appId)];
    }

    private async Task<IReadOnlyList<AppView>> OfAsync(
        Visible visible,
        IReadOnlyList<string> ids,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        var views = new List<AppView>();
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            var asked = filter with { Search = id, Cursor = null, Limit = Paging.MaxLimit };
            var page = await apps.ListAsync(visible, asked, cancellation);
            views.AddRange(page.Items.Where(app => app.AppId == id));
        }

        return views;
    }

    private static async Task<Dictionary<string, List<Listed>>> ListedAsync(
        PicketDbContext db,
        Visible visible,
        CancellationToken cancellation
    )
    {
        var kinds = FindingKinds.NamingApps.ToList();
        var rows = await db
            .Findings.Where(row => kinds.Contains(row.Kind) && row.ClearedAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .Select(row => new
            {
                row.Kind,
                row.Key,
                row.Level,
            })
            .Distinct()
            .ToListAsync(cancellation);
        return rows.GroupBy(row => FindingQueries.AppOf(row.Key))
            .ToDictionary(
                app => app.Key,
                app => app.Select(row => new Listed(Words.Kind(row.Kind), row.Level)).ToList()
            );
    }

    private sealed record Listed(string Title, RiskLevel Level);
}
