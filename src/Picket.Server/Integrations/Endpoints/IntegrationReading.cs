using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

internal static class IntegrationReading
{
    public static async Task<Ok<Page<IntegrationView>>> ListAsync(
        PicketDbContext db,
        PicketDatabase database,
        IntegrationViews views,
        ClaimsPrincipal user,
        string? search,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        var rows = db
            .Integrations.AsNoTracking()
            .WhereVisible(user.Visible(), row => row.Id)
            .WhereStartsWith(database, search, row => row.Name);
        var page = await rows.ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation);
        var items = new List<IntegrationView>();
        foreach (var row in page.Items)
        {
            items.Add(await views.OfAsync(db, row, user, fresh: false, cancellation));
        }

        return TypedResults.Ok(new Page<IntegrationView>(items, page.Next));
    }

    public static async Task<Results<Ok<IntegrationView>, ProblemHttpResult>> GetAsync(
        Guid id,
        PicketDbContext db,
        IntegrationViews views,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var row = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        Tag(context, row);
        return TypedResults.Ok(await views.OfAsync(db, row, context.User, fresh: true, cancellation));
    }

    public static void Tag(HttpContext context, IntegrationRow row) =>
        context.Response.Headers[HeaderNames.ETag] = $"\"{row.Version}\"";
}
