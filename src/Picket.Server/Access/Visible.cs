using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Picket.Core.Identity;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <summary>
/// The integrations of which somebody may be shown rows. Every query over rows of integrations asks for it, so that it
/// cannot be forgotten.
/// </summary>
/// <param name="Integrations">Null for all, those of tomorrow too.</param>
/// <param name="PersonalApps">Where the apps on employees' own devices may be shown; null for everywhere.</param>
public sealed record Visible(IReadOnlyList<Guid>? Integrations, IReadOnlyList<Guid>? PersonalApps)
{
    /// <summary>For Picket's own work, which is shown to nobody.</summary>
    public static Visible Everything { get; } = new(null, null);

    /// <summary>Whether there is a visible device of which personal apps are not to be shown.</summary>
    public bool HidesPersonalApps =>
        PersonalApps is { } open && (Integrations is null || Integrations.Any(each => !open.Contains(each)));

    public bool Shows(Guid integration) => Integrations?.Contains(integration) is not false;

    public bool ShowsPersonalApps(Guid integration) => PersonalApps?.Contains(integration) is not false;
}

internal static class Visibility
{
    /// <summary>What the caller's roles show.</summary>
    public static Visible Visible(this ClaimsPrincipal user)
    {
        var grants = user.Grants();
        return new(grants.Where(Right.Read), grants.Where(Right.ReadPersonalApps));
    }

    /// <summary>What the roles of the person who looks at a page show.</summary>
    public static async Task<Visible> VisibleAsync(this AuthenticationStateProvider session) =>
        (await session.GetAuthenticationStateAsync()).User.Visible();

    /// <summary>Rows of visible integrations; for whom sees all of them the query stays as it is.</summary>
    public static IQueryable<TRow> WhereVisible<TRow>(
        this IQueryable<TRow> rows,
        Visible visible,
        Expression<Func<TRow, Guid>> integration
    )
    {
        if (visible.Integrations is not { } ids)
        {
            return rows;
        }

        // One is asked for as a filter does, from the index.
        Expression test = ids is [var only]
            ? Expression.Equal(integration.Body, QueryParameter.Of(only))
            : Expression.Call(
                typeof(Enumerable),
                nameof(Enumerable.Contains),
                [typeof(Guid)],
                QueryParameter.Of(ids.ToArray()),
                integration.Body
            );
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(test, integration.Parameters));
    }

    /// <summary>Those of the rows whose settings somebody may change; what is of no integration is of all of them.</summary>
    /// <param name="integration">Null of what is of all integrations.</param>
    public static IQueryable<TRow> WhereManaged<TRow>(
        this IQueryable<TRow> rows,
        ClaimsPrincipal user,
        Expression<Func<TRow, Guid?>> integration
    )
    {
        if (user.Grants().Where(Right.ChangeSettings) is not { } some)
        {
            return rows;
        }

        var test = Expression.Call(
            typeof(Enumerable),
            nameof(Enumerable.Contains),
            [typeof(Guid?)],
            QueryParameter.Of(some.Select(id => (Guid?)id).ToArray()),
            integration.Body
        );
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(test, integration.Parameters));
    }
}
