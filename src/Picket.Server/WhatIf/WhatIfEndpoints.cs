using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Policy;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Intelligence;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.WhatIf;

internal static class WhatIfEndpoints
{
    private const int MostDays = 30;

    public static void MapWhatIfs(this WebApplication app)
    {
        // A document that denies an app tells who has it, so a trial needs what a hunt needs, everywhere.
        app.MapPost(Routes.WhatIfs, RunAsync)
            .RequireAuthorization(Policies.Operate)
            .Produces<WhatIfView>(StatusCodes.Status201Created);
        app.MapGet(Routes.WhatIf, Get).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.WhatIfDevices, DevicesAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<IResult> RunAsync(
        WhatIfWish wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        IntelligenceStore intelligence,
        PolicyStore policies,
        WhatIfRuns runs,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (Mistakes(wish) is { Count: > 0 } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes);
        }

        PolicyDocument? document = null;
        if (wish.Policy is { } text)
        {
            var parse = await policies.ReadAsync(db, text, cancellation);
            if (!parse.Succeeded)
            {
                return PolicyEndpoints.Unreadable(PolicyViews.Mistakes(parse.Mistakes));
            }

            document = parse.Document;
        }

        var context = wish is { FeedId: { } feed, FeedVersionId: { } version }
            ? await intelligence.WithVersionAsync(db, feed, version, cancellation)
            : null;
        if (wish.FeedId is not null && context is null)
        {
            return Problems.Make(
                StatusCodes.Status422UnprocessableEntity,
                "There is no such version of the feed",
                $"Feed {wish.FeedId} has no stored version {wish.FeedVersionId}, or its file cannot be read any more.",
                "Take an id from the versions of the feed."
            );
        }

        var caller = (Actor: AuditLog.ActorOf(user), Visible: user.Visible());
        if (caller.Visible.HidesPersonalApps)
        {
            return Problems.Make(
                StatusCodes.Status403Forbidden,
                "Personal apps are not shown to you",
                "A trial judges by the apps on employees' own devices too, and its outcome would tell of them.",
                "Ask somebody whose role reads personal apps at all integrations."
            );
        }

        audit.Add(
            db,
            caller.Actor,
            "what-if.tried",
            "",
            after: new
            {
                Policy = wish.Policy is { } tried ? StoredFeed.Sha256(Encoding.UTF8.GetBytes(tried)) : null,
                wish.FeedVersionId,
                Apps = document?.Policies.SelectMany(policy => policy.Values.DeniedApps ?? []).Select(app => app.Value),
            }
        );
        await db.SaveChangesAsync(cancellation);
        var outcome = await runs.RunAsync(db, document, context, wish.Days ?? MostDays, caller, cancellation);
        return TypedResults.Created(Routes.Fill(Routes.WhatIf, outcome.Id), outcome.View());
    }

    private static Results<Ok<WhatIfView>, NotFound> Get(Guid id, ClaimsPrincipal user, WhatIfRuns runs) =>
        runs.Find(AuditLog.ActorOf(user), id) is { } outcome
            ? TypedResults.Ok(outcome.View())
            : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<WhatIfDevice>>, NotFound>> DevicesAsync(
        Guid id,
        [AsParameters] WhatIfFilter filter,
        ClaimsPrincipal user,
        PicketDbContext db,
        WhatIfRuns runs,
        CancellationToken cancellation
    )
    {
        if (runs.Find(AuditLog.ActorOf(user), id) is not { } outcome)
        {
            return TypedResults.NotFound();
        }

        var (after, take, visible) = (Keyset.Parse(filter.Cursor), Keyset.Limit(filter.Limit), user.Visible());
        var found = outcome
            .Told.Where(device =>
                (after is not { } last || device.Id.CompareTo(last) > 0) && visible.Shows(device.Integration)
            )
            .Where(device => filter.IntegrationId is not { } only || device.Integration == only)
            .Where(device => filter.Before is not { } level || FindingViews.LevelOf(device.Before) == level)
            .Where(device => filter.After is not { } level || FindingViews.LevelOf(device.After) == level)
            .Where(device => filter.Kind is not { } kind || device.Comes.Contains(kind) || device.Goes.Contains(kind))
            .Where(device => filter.Tag is not { } tag || device.Gets.Contains(tag) || device.Loses.Contains(tag))
            .Take(take + 1)
            .ToList();
        var page = found.Take(take).ToList();
        var ids = page.ConvertAll(device => device.Id);
        var names = await db
            .Devices.Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.FriendlyName })
            .ToDictionaryAsync(row => row.Id, row => row.FriendlyName, cancellation);
        return TypedResults.Ok(
            new Page<WhatIfDevice>(
                [.. page.Select(device => View(device, names.GetValueOrDefault(device.Id)))],
                found.Count > take ? Keyset.Format(page[^1].Id) : null
            )
        );
    }

    private static WhatIfDevice View(TriedDevice device, string? name) =>
        new(
            device.Id,
            name ?? "",
            device.Integration,
            FindingViews.LevelOf(device.Before),
            FindingViews.LevelOf(device.After),
            device.Comes,
            device.Goes
        )
        {
            Gets = device.Gets,
            Loses = device.Loses,
        };

    private static Dictionary<string, string[]> Mistakes(WhatIfWish wish)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (wish.Policy is null && wish.FeedId is null)
        {
            mistakes["policy"] = ["Give a policy document, or a feed with one of its versions, to be tried."];
        }

        if (wish.FeedId is null != wish.FeedVersionId is null)
        {
            mistakes["feedVersionId"] = ["Of a feed both ids are needed: the feed's and the version's."];
        }

        if (wish.Days is < 0 or > MostDays)
        {
            mistakes["days"] = [$"Days go from 0 to {MostDays}."];
        }

        return mistakes;
    }
}
