using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Picket.Core.Identity;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Picket.Server.Access;

/// <summary>
/// The one place where a right is asked for, for the API and for pages alike. The right has to be held at the integration
/// that the address speaks of; where it speaks of none, everywhere, and to read lists, somewhere: what they show is
/// narrowed by <see cref="Visible"/>.
/// </summary>
internal sealed class RightHandler(AskedIntegration asked) : AuthorizationHandler<RightRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        RightRequirement requirement
    )
    {
        var (grants, right) = (context.User.Grants(), requirement.Right);
        if (
            grants.May(right, null)
            || (
                !requirement.Everywhere
                && grants.MaySomewhere(right)
                && (requirement.Somewhere || await HoldsAsync(grants, right, context.Resource))
            )
        )
        {
            context.Succeed(requirement);
        }
    }

    private async Task<bool> HoldsAsync(Grants grants, Right right, object? resource) =>
        resource switch
        {
            Guid integration => grants.May(right, integration),
            HttpContext http => Holds(grants, right, await asked.OfAsync(http)),
            RouteData page => Holds(grants, right, await asked.OfAsync(Template(page), page.RouteValues)),
            _ => IsReading(right),
        };

    private static bool Holds(Grants grants, Right right, Asked asked) =>
        asked switch
        {
            { Integration: { } integration } => grants.May(right, integration),
            { Unknown: true } => true, // There is no such thing, which the endpoint says.
            _ => IsReading(right),
        };

    private static bool IsReading(Right right) => right is Right.Read or Right.ReadPersonalApps;

    private static string Template(RouteData page) =>
        page.PageType.GetCustomAttributes<RouteAttribute>()
            .Select(route => route.Template)
            .FirstOrDefault(template => template.Contains('{', StringComparison.Ordinal))
        ?? "";
}

/// <summary>One's own account, sessions and tokens need no role.</summary>
internal sealed class PersonHandler : AuthorizationHandler<PersonRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PersonRequirement requirement)
    {
        if (context.User.IsWholePerson())
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
