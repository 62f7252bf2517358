using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;
using Picket.WorkspaceOne;

namespace Picket.Server.Inventory;

internal static class DirectoryEndpoints
{
    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Users, UsersAsync);
        app.MapGet(Routes.UserGroups, UserGroupsAsync);
        app.MapGet(Routes.Administrators, AdministratorsAsync);
        app.MapGet(Routes.OrganizationGroups, OrganizationGroupsAsync);
        app.MapGet(Routes.SmartGroups, SmartGroupsAsync);
        app.MapGet(Routes.Tags, TagsAsync);
        app.MapGet(Routes.UserGroup, UserGroupAsync);
        app.MapGet(Routes.UserGroupMembers, MembersAsync);
        app.MapGet(Routes.SmartGroup, SmartGroupAsync);
        app.MapGet(Routes.SmartGroupDevices, DevicesAsync);
    }

    private static async Task<Ok<Page<UserView>>> UsersAsync(
        [AsParameters] ListFilter filter,
        PeopleQueries people,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await people.UsersAsync(user.Visible(), filter, cancellation));

    private static async Task<Ok<Page<UserGroupView>>> UserGroupsAsync(
        [AsParameters] ListFilter filter,
        PeopleQueries people,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await people.UserGroupsAsync(user.Visible(), filter, cancellation));

    private static async Task<Ok<Page<AdministratorView>>> AdministratorsAsync(
        [AsParameters] ListFilter filter,
        PeopleQueries people,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await people.AdministratorsAsync(user.Visible(), filter, cancellation));

    private static async Task<Ok<Page<OrganizationGroupView>>> OrganizationGroupsAsync(
        [AsParameters] ListFilter filter,
        GroupQueries groups,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await groups.OrganizationGroupsAsync(user.Visible(), filter, cancellation));

    private static async Task<Ok<Page<SmartGroupView>>> SmartGroupsAsync(
        [AsParameters] ListFilter filter,
        GroupQueries groups,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await groups.SmartGroupsAsync(user.Visible(), filter, cancellation));

    private static async Task<Ok<Page<TagView>>> TagsAsync(
        [AsParameters] ListFilter filter,
        GroupQueries groups,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await groups.TagsAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<UserGroupView>, NotFound>> UserGroupAsync(
        Guid id,
        MemberQueries members,
        CancellationToken cancellation
    ) => await members.UserGroupAsync(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<UserView>>, NotFound>> MembersAsync(
        Guid id,
        string? cursor,
        int? limit,
        MemberQueries members,
        CancellationToken cancellation
    ) =>
        await members.MembersAsync(id, cursor, limit, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<SmartGroupView>, NotFound>> SmartGroupAsync(
        Guid id,
        MemberQueries members,
        CancellationToken cancellation
    ) =>
        await members.SmartGroupAsync(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<DeviceSummary>>, NotFound, ProblemHttpResult>> DevicesAsync(
        Guid id,
        string? cursor,
        int? limit,
        MemberQueries members,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        try
        {
            return await members.DevicesAsync(user.Visible(), id, cursor, limit, cancellation) is { } page
                ? TypedResults.Ok(page)
                : TypedResults.NotFound();
        }
        catch (WorkspaceOneException failure)
        {
            return NotRead(
                StatusCodes.Status502BadGateway,
                "The UEM could not be asked",
                failure.Message,
                "Run the doctor: it names what is missing."
            );
        }
        catch (NotAskedException now)
        {
            return NotRead(
                StatusCodes.Status409Conflict,
                "The UEM is not asked now",
                now.Message,
                "See the state of the integration."
            );
        }
    }

    private static ProblemHttpResult NotRead(int status, string title, string detail, string next) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            title: title,
            extensions: new Dictionary<string, object?> { ["next"] = next }
        );
}
