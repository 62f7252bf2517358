using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <summary>Says why somebody may not do something and whom to ask, and records the try.</summary>
internal sealed class Refusals(PicketDatabase database, AuditLog audit)
{
    private const int LongestSubject = 200;

    /// <summary>Who tries what they may not is worth knowing.</summary>
    public async Task RecordAsync(HttpContext context)
    {
        await using var db = database.Open();
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "access.refused",
            Subject(context.Request),
            outcome: AuditOutcome.Refused
        );
        await db.SaveChangesAsync(context.RequestAborted);
    }

    /// <summary>Whoever is refused chooses the path: PostgreSQL indexes no text of any length.</summary>
    private static string Subject(HttpRequest request)
    {
        var asked = $"{request.Method} {request.Path}";
        return asked.Length <= LongestSubject ? asked : $"{asked[..LongestSubject]}…";
    }

    /// <param name="right">What is missing; null where only a person is let in.</param>
    public static ProblemDetails Explain(ClaimsPrincipal user, Right? right)
    {
        var (detail, next) = Words(user, right);
        return new ProblemDetails
        {
            Status = StatusCodes.Status403Forbidden,
            Title = user.TokenId() is null ? "You may not do that" : "This token may not do that",
            Detail = detail,
            Extensions = { ["next"] = next },
        };
    }

    private static (string Detail, string Next) Words(ClaimsPrincipal user, Right? right)
    {
        if (right is not { } missing)
        {
            return (
                "This belongs to a person, and the token is a service's or reaches only part of what its person may.",
                "Sign in, or use a personal token of scope Full."
            );
        }

        if (user.PersonId() is null)
        {
            return missing == Right.ChangeSettings
                ? (ServiceNeverChanges(user), "Sign in as a person who may.")
                : Service(user, missing);
        }

        var whole = user.Grants() with { Reach = Reach.Whole };
        return whole.MaySomewhere(missing) && !user.Grants().MaySomewhere(missing)
            ? ($"This token's scope does not reach that far: it needs the right to {Of(missing)}.", Wider(missing))
            : (
                $"You need the right to {Of(missing)} here, and your role does not give it.",
                $"Ask an owner. It comes with the role {string.Join(" or ", Roles.With(missing))}."
            );
    }

    private static string ServiceNeverChanges(ClaimsPrincipal user) =>
        ChangeAuthority.BeforeReading(new ChangeActor.ServiceToken(user.Identity?.Name ?? "?"))!.Reason;

    private static (string Detail, string Next) Service(ClaimsPrincipal user, Right missing) =>
        Grants.OfService(Reach.Working).MaySomewhere(missing)
            ? ("A token of scope Read only reads.", "Use a token of scope Write.")
            : (
                $"The token \"{user.Identity?.Name}\" is a service's. Service tokens have no right to {Of(missing)}.",
                "Sign in, or use the personal token of somebody who may."
            );

    private static string Wider(Right missing) =>
        (Grants.OfService(Reach.Working)).MaySomewhere(missing)
            ? "Use a token of scope Write or Full."
            : "Use a token of scope Full.";

    private static string Of(Right right) =>
        right switch
        {
            Right.Read => "read",
            Right.ReadPersonalApps => "read the apps of employees' own devices",
            Right.Operate => "start and stop work",
            Right.Request => "ask for responses",
            Right.Approve => "approve what is held",
            Right.ChangeSettings => "change integrations",
            Right.ManageFeeds => "change feeds",
            Right.ManagePolicy => "change the policy",
            Right.ManagePeople => "manage people",
            Right.ManageTokens => "manage tokens",
            Right.ReadAudit => "read the audit",
            _ => throw new ArgumentOutOfRangeException(nameof(right)),
        };
}
