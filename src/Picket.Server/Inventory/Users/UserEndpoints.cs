using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Inventory.Users;

/// <summary>One enrolment user: what is known, taken along, and erased.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.User, GetAsync);
        app.MapGet(Routes.GroupsOfUser, GroupsAsync);
        // All about one person in one file: more than whoever looks at devices needs to see.
        app.MapGet(Routes.UserExport, ExportAsync).RequireAuthorization(Policies.ReadAudit);
        app.MapGet(Routes.UserErasure, PreviewAsync).RequireAuthorization(Policies.ManagePeople);
        app.MapPost(Routes.UserErasure, EraseAsync).RequireAuthorization(Policies.ManagePeople);
        app.MapDelete(Routes.UserErasure, LiftAsync).RequireAuthorization(Policies.ManagePeople);
    }

    private static async Task<Results<Ok<UserDetails>, NotFound>> GetAsync(
        Guid id,
        UserQueries users,
        CancellationToken cancellation
    ) => await users.GetAsync(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<UserGroupView>>, NotFound>> GroupsAsync(
        Guid id,
        string? cursor,
        int? limit,
        UserQueries users,
        CancellationToken cancellation
    ) =>
        await users.GroupsAsync(id, cursor, limit, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(
        Guid id,
        UserExport export,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await export.TakeAsync(id, AuditLog.ActorOf(user), cancellation) is { } row
            ? TypedResults.Stream(
                body => export.WriteAsync(body, row, cancellation),
                "application/json",
                string.Create(CultureInfo.InvariantCulture, $"picket-user-{row.RemoteId}.json")
            )
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ErasureView>, NotFound>> PreviewAsync(
        Guid id,
        UserErasure erasure,
        CancellationToken cancellation
    ) => await erasure.PreviewAsync(id, cancellation) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();

    private static async Task<Results<Ok<ErasureView>, NotFound, ProblemHttpResult>> EraseAsync(
        Guid id,
        EraseUser confirmed,
        UserErasure erasure,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        try
        {
            return
                await erasure.EraseAsync(id, confirmed.Name ?? "", AuditLog.ActorOf(user), cancellation) is { } removed
                ? TypedResults.Ok(removed)
                : TypedResults.NotFound();
        }
        catch (OtherNameException)
        {
            return TypedResults.Problem(
                "The name is not that of this user. Nothing was removed.",
                statusCode: StatusCodes.Status422UnprocessableEntity,
                title: "Somebody else is called that",
                extensions: new Dictionary<string, object?>
                {
                    ["next"] = "Give the sign-in name of the user, or their number in the UEM where no name is kept.",
                }
            );
        }
    }

    private static async Task<Results<NoContent, NotFound>> LiftAsync(
        Guid id,
        UserErasure erasure,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await erasure.LiftAsync(id, AuditLog.ActorOf(user), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
