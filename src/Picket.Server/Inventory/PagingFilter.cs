using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Inventory;

/// <summary>Refuses a limit out of range and a cursor that is none of ours, rather than answering something else.</summary>
internal sealed class PagingFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var query = context.HttpContext.Request.Query;
        if (int.TryParse(query["limit"], out var limit) && limit is < 1 or > Paging.MaxLimit)
        {
            return Refuse("limit", $"A page has 1 to {Paging.MaxLimit} rows.");
        }

        return query["cursor"] is [{ Length: > 0 } cursor] && Keyset.Parse(cursor) is null
            ? Refuse("cursor", "This cursor is not one of Picket's. Take it from `next` of the page before.")
            : await next(context);
    }

    private static ValidationProblem Refuse(string field, string reason) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [reason] });
}
