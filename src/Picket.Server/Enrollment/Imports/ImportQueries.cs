using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>Imports and their lines, for whoever looks.</summary>
public sealed class ImportQueries(PicketDatabase database)
{
    public async Task<Page<ImportView>> ListAsync(Visible visible, ImportFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = db.Imports.AsNoTracking().WhereVisible(visible, row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.State is { } state)
        {
            rows = rows.Where(row => row.State == state);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation,
            newestFirst: true
        );
        return new Page<ImportView>(await ViewsAsync(db, page.Items, cancellation), page.Next);
    }

    public async Task<ImportView?> GetAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var import = await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return import is null ? null : (await ViewsAsync(db, [import], cancellation))[0];
    }

    /// <returns>Null when there is no such import.</returns>
    public async Task<Page<ImportLineView>?> LinesAsync(
        Guid id,
        ImportLineFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        if (!await db.Imports.AnyAsync(row => row.Id == id, cancellation))
        {
            return null;
        }

        var rows = db.ImportLines.AsNoTracking().Where(row => row.ImportId == id);
        if (filter.Step is { } step)
        {
            rows = rows.Where(row => row.Step == step);
        }

        if (filter.State is { } state)
        {
            rows = rows.Where(row => row.Step == ImportStep.Create || row.Step == ImportStep.Change);
            rows =
                state == ImportLineState.Waiting
                    ? rows.Where(row => row.State == state || row.State == ImportLineState.Sent)
                    : rows.Where(row => row.State == state);
        }

        return await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            ImportViews.Of,
            cancellation
        );
    }

    private static async Task<List<ImportView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<ImportRow> imports,
        CancellationToken cancellation
    )
    {
        var counts = await ImportCounts.OfAsync(db, [.. imports.Select(row => row.Id)], cancellation);
        return [.. imports.Select(row => ImportViews.Of(row, counts.GetValueOrDefault(row.Id, ImportCounts.None)))];
    }
}
