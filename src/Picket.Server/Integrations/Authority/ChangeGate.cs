using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Integrations;

/// <summary>
/// Brings each change before the one function that decides about it (law 6): 1 who asks, 2 the account read anew with the
/// integration's own, 3 the decision, 4 what was read is kept to be shown, 5 a refusal is in the audit, and a change that
/// only a recovery lets through, too.
/// </summary>
public sealed class ChangeGate(PicketDatabase database, AdminReader reader, AuditLog audit, TimeProvider time)
{
    /// <summary>Decides by the credential that is in force.</summary>
    public Task<ProblemHttpResult?> RefusalAsync(
        HttpContext context,
        IntegrationRow row,
        CancellationToken cancellation
    ) =>
        DecideAsync(
            context,
            row,
            Target(row),
            (name, token) => reader.AsSavedAsync(row, name, token),
            recoveryTold: false,
            cancellation
        );

    /// <summary>The same by the integration's id; where there is none such, there is nothing to refuse.</summary>
    public async Task<ProblemHttpResult?> RefusalAsync(
        HttpContext context,
        Guid integration,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        return
            await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == integration, cancellation)
                is { } row
            ? await RefusalAsync(context, row, cancellation)
            : null;
    }

    /// <summary>Of what holds at all integrations: who may not change one of them is told which.</summary>
    public async Task<ProblemHttpResult?> RefusalEverywhereAsync(HttpContext context, CancellationToken cancellation)
    {
        await using var db = database.Open();
        foreach (var row in await db.Integrations.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellation))
        {
            if (await RefusalAsync(context, row, cancellation) is { } refused)
            {
                refused.ProblemDetails.Detail = $"At {row.Name}: {refused.ProblemDetails.Detail}";
                return refused;
            }
        }

        return null;
    }

    /// <summary>
    /// Decides by a way in that was examined but is not saved yet. Alone only for a new credential at the same UEM: the
    /// old one may be refused, and must not be used then (law 10).
    /// </summary>
    internal Task<ProblemHttpResult?> RefusalAsync(
        HttpContext context,
        IntegrationRow row,
        UemAccess access,
        CallPacer pacer,
        Guid? group,
        CancellationToken cancellation
    ) =>
        DecideAsync(
            context,
            row,
            new ChangeTarget(group ?? Guid.Empty, [.. Own(row), .. Own(access)]),
            (name, token) => reader.ThroughAsync(access, pacer, name, token),
            recoveryTold: true,
            cancellation
        );

    /// <summary>Who cannot be allowed whatever the UEM says is refused before anything is sent.</summary>
    public async Task<ProblemHttpResult?> RefusalBeforeReadingAsync(
        HttpContext context,
        IntegrationRow row,
        CancellationToken cancellation
    )
    {
        var (actor, _) = await ActorAsync(context.User, row.Id, cancellation);
        return ChangeAuthority.BeforeReading(actor) is { Allowed: false } refused
            ? await RefuseAsync(context, row, refused, cancellation)
            : null;
    }

    /// <summary>Refuses somebody who is not linked, also where a recovery would let them change settings.</summary>
    internal Task<ProblemHttpResult> RefuseUnlinkedAsync(
        HttpContext context,
        IntegrationRow row,
        CancellationToken cancellation
    ) => RefuseAsync(context, row, ChangeAuthority.BeforeReading(new ChangeActor.Person(null))!, cancellation);

    /// <summary>A decision about an integration that does not exist yet.</summary>
    internal async Task<ProblemHttpResult?> RefusalAsync(
        HttpContext context,
        AdminAccount creator,
        ChangeTarget target,
        CancellationToken cancellation
    )
    {
        var decision = ChangeAuthority.Decide(
            new ChangeActor.Person(creator.Uuid),
            target,
            new AdminReading.Found(creator)
        );
        return decision.Allowed ? null : await RefuseAsync(context, null, decision, cancellation);
    }

    internal static ChangeTarget Target(IntegrationRow row) => new(row.OrganizationGroupUuid ?? Guid.Empty, Own(row));

    /// <summary>Who an OAuth client signs in as is nobody's user name.</summary>
    private static string[] Own(IntegrationRow row) => row.CredentialKind == CredentialKind.Basic ? [row.Account] : [];

    private static string[] Own(UemAccess access) => access.Kind == CredentialKind.Basic ? [access.Account] : [];

    private async Task<ProblemHttpResult?> DecideAsync(
        HttpContext context,
        IntegrationRow row,
        ChangeTarget target,
        Func<string, CancellationToken, Task<AdminReading>> read,
        bool recoveryTold,
        CancellationToken cancellation
    )
    {
        var (actor, link) = await ActorAsync(context.User, row.Id, cancellation); // 1
        var early = ChangeAuthority.BeforeReading(actor);
        var reading = early is null ? await read(link!.UserName, cancellation) : new AdminReading.Absent(); // 2
        var decision = early ?? ChangeAuthority.Decide(actor, target, reading); // 3
        if (early is null)
        {
            await KeepAsync(link!.Id, decision, cancellation); // 4
        }

        if (decision.Allowed && actor is ChangeActor.Recovering && !recoveryTold) // 5
        {
            await TellAsync(context, row.Id, "recovery.used", AuditOutcome.Done, null, cancellation);
        }

        return decision.Allowed ? null : await RefuseAsync(context, row, decision, cancellation);
    }

    private async Task<(ChangeActor Actor, AdminLinkRow? Link)> ActorAsync(
        ClaimsPrincipal user,
        Guid integration,
        CancellationToken cancellation
    )
    {
        if (user.PersonId() is not { } person)
        {
            return (new ChangeActor.ServiceToken(user.Identity?.Name ?? "?"), null);
        }

        await using var db = database.Open();
        if (await Recoveries.IsLetInAsync(db, integration, person, time.GetUtcNow(), cancellation))
        {
            return (new ChangeActor.Recovering(), null);
        }

        var link = await AdminLinks.StandingAsync(db, integration, person, cancellation);
        return (new ChangeActor.Person(link?.AdminUuid), link);
    }

    /// <summary>No answer says nothing about the account, so what was read before stays.</summary>
    private async Task KeepAsync(Guid link, ChangeDecision decision, CancellationToken cancellation)
    {
        if (decision.Refusal == ChangeRefusal.NoAnswer)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var db = database.Open();
        await db
            .AdminLinks.Where(row => row.Id == link)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Refusal, decision.Refusal)
                        .SetProperty(row => row.Reason, decision.Reason)
                        .SetProperty(row => row.ReadAt, now),
                cancellation
            );
    }

    private async Task<ProblemHttpResult> RefuseAsync(
        HttpContext context,
        IntegrationRow? row,
        ChangeDecision decision,
        CancellationToken cancellation
    )
    {
        await TellAsync(
            context,
            row?.Id,
            "integration.change-refused",
            AuditOutcome.Refused,
            $"{decision.Refusal}",
            cancellation
        );
        return IntegrationProblems.NotAllowed(decision);
    }

    private async Task TellAsync(
        HttpContext context,
        Guid? integration,
        string action,
        AuditOutcome outcome,
        string? why,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            action,
            integration?.ToString(),
            after: new { Request = $"{context.Request.Method} {context.Request.Path}", Why = why },
            outcome: outcome
        );
        await db.SaveChangesAsync(cancellation);
    }
}
