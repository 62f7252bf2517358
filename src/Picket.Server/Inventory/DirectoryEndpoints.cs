using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;

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
}
