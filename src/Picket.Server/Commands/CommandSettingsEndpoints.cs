using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using BasicCredential = Picket.Api.BasicCredential;
using OAuthCredential = Picket.Api.OAuthCredential;

namespace Picket.Server.Commands;

/// <summary>Which commands are switched on, and who signs in for wipes: settings of the integration (law 6).</summary>
internal static class CommandSettingsEndpoints
{
    public static void MapCommandSettings(this WebApplication app)
    {
        app.MapGet(Routes.IntegrationCommands, GetAsync);
        app.MapPut(Routes.IntegrationCommands, SetAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPut(Routes.WipeCredential, SetCredentialAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapDelete(Routes.WipeCredential, RemoveCredentialAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Results<Ok<CommandSettingsView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } integration
            ? TypedResults.Ok(ViewOf(integration))
            : TypedResults.NotFound();

    private static async Task<
        Results<Ok<CommandSettingsView>, NotFound, ValidationProblem, ProblemHttpResult>
    > SetAsync(
        Guid id,
        SetCommands wish,
        HttpContext context,
        PicketDbContext db,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await IntegrationStore.FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        if (Mistakes(wish) is { Any: true } mistakes)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        var before = Said(integration);
        integration.CommandsEnabled = wish.Commands ?? integration.CommandsEnabled;
        integration.WipesEnabled = wish.Wipes ?? integration.WipesEnabled;
        integration.MessagesEnabled = wish.Messages ?? integration.MessagesEnabled;
        integration.MessagesPerHour = wish.MessagesPerHour ?? integration.MessagesPerHour;
        integration.LocksPerHour = wish.LocksPerHour ?? integration.LocksPerHour;
        integration.CommandFreshHours = wish.FreshHours ?? integration.CommandFreshHours;
        integration.WipeDelayMinutes = wish.WipeDelayMinutes ?? integration.WipeDelayMinutes;
        integration.WipesPerHour = wish.WipesPerHour ?? integration.WipesPerHour;
        integration.WipeApprovalHours = wish.ApprovalHours ?? integration.WipeApprovalHours;
        return await SaveAsync(db, integration, context, audit, "commands.changed", before, cancellation);
    }

    /// <summary>Tried first, once: it signs in, or it is not kept.</summary>
    private static async Task<
        Results<Ok<CommandSettingsView>, NotFound, ValidationProblem, ProblemHttpResult>
    > SetCredentialAsync(
        Guid id,
        RotateCredential wish,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        if (await IntegrationStore.FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        var mistakes = new FieldMistakes();
        SettingRules.Credential(wish.Credential, mistakes);
        mistakes.Unless(wish.EndsOn is null, "endsOn", "No day is kept for the credential of wipes.");
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (wish.Credential is not (BasicCredential or OAuthCredential))
        {
            return IntegrationProblems.KindNotSupported();
        }

        if (await services.Gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (services.Secrets.TryOpen(integration) is not { } opened)
        {
            return IntegrationProblems.SecretsLost();
        }

        var saved = UemAccess.Of(integration, opened);
        var access = DraftAccess.With(saved, wish.Credential);
        if (access.TokenAddress is { } token && token != saved.TokenAddress)
        {
            return IntegrationProblems.SecretsAnew("the token address");
        }

        if (await TryAsync(access, integration, services, cancellation) is { } notGood)
        {
            return notGood;
        }

        var before = Said(integration);
        (integration.WipeAccount, integration.WipeCredentialKind) = (access.Account, access.Kind);
        integration.ProtectedWipeSecrets = services.Secrets.CloseForWipes(integration, access.Secrets);
        integration.WipeAccountRefused = null;
        return await SaveAsync(db, integration, context, services.Audit, "wipe-credential.set", before, cancellation);
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> RemoveCredentialAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await IntegrationStore.FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        var before = Said(integration);
        (integration.WipeAccount, integration.ProtectedWipeSecrets, integration.WipeAccountRefused) = (
            null,
            null,
            null
        );
        var answer = await SaveAsync(db, integration, context, audit, "wipe-credential.removed", before, cancellation);
        return answer.Result is ProblemHttpResult lost ? lost : TypedResults.NoContent();
    }

    private static async Task<ProblemHttpResult?> TryAsync(
        UemAccess access,
        IntegrationRow integration,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        using var handler = services.Clients.Handler(access);
        using var client = services.Clients.ForExamination(
            access,
            handler,
            services.Connections.PacerOf(integration),
            refused: null,
            recorder: null
        );
        try
        {
            await client.Interactive.GetSystemInfoAsync(cancellation);
            return null;
        }
        catch (WorkspaceOneException failure)
        {
            return CommandProblems.CredentialNotGood(failure);
        }
    }

    private static async Task<
        Results<Ok<CommandSettingsView>, NotFound, ValidationProblem, ProblemHttpResult>
    > SaveAsync(
        PicketDbContext db,
        IntegrationRow integration,
        HttpContext context,
        AuditLog audit,
        string action,
        object before,
        CancellationToken cancellation
    )
    {
        integration.Version++;
        audit.Add(db, AuditLog.ActorOf(context.User), action, $"{integration.Id}", before, Said(integration));
        return await IntegrationStore.SaveAsync(db, integration, cancellation) is { } lost
            ? lost
            : TypedResults.Ok(ViewOf(integration));
    }

    private static FieldMistakes Mistakes(SetCommands wish)
    {
        var mistakes = new FieldMistakes();
        mistakes.Unless(wish.FreshHours is null or (>= 1 and <= 720), "freshHours", "The hours lie between 1 and 720.");
        mistakes.Unless(
            wish.WipeDelayMinutes is null or (>= 0 and <= 1440),
            "wipeDelayMinutes",
            "The delay lies between 0 and 1440 minutes (a day)."
        );
        mistakes.Unless(
            wish.WipesPerHour is null or (>= 0 and <= 50),
            "wipesPerHour",
            "Wipes within an hour lie between 0 and 50."
        );
        mistakes.Unless(
            wish.LocksPerHour is null or (>= 1 and <= 1000),
            "locksPerHour",
            "Locks within an hour lie between 1 and 1000."
        );
        mistakes.Unless(
            wish.MessagesPerHour is null or (>= 0 and <= 500),
            "messagesPerHour",
            "Messages within an hour lie between 0 and 500."
        );
        mistakes.Unless(
            wish.ApprovalHours is null or (>= 1 and <= 168),
            "approvalHours",
            "A request waits 1 to 168 hours."
        );
        return mistakes;
    }

    private static object Said(IntegrationRow integration) =>
        new
        {
            integration.CommandsEnabled,
            integration.WipesEnabled,
            integration.MessagesEnabled,
            integration.MessagesPerHour,
            integration.LocksPerHour,
            integration.CommandFreshHours,
            integration.WipeDelayMinutes,
            integration.WipesPerHour,
            integration.WipeApprovalHours,
            OwnWipeCredential = integration.ProtectedWipeSecrets is not null,
        };

    private static CommandSettingsView ViewOf(IntegrationRow integration) =>
        new()
        {
            IntegrationId = integration.Id,
            Commands = integration.CommandsEnabled,
            Wipes = integration.WipesEnabled,
            Messages = integration.MessagesEnabled,
            MessagesPerHour = integration.MessagesPerHour,
            LocksPerHour = integration.LocksPerHour,
            FreshHours = integration.CommandFreshHours,
            WipeDelayMinutes = integration.WipeDelayMinutes,
            WipesPerHour = integration.WipesPerHour,
            ApprovalHours = integration.WipeApprovalHours,
            WipeAccount = integration.WipeAccount,
            WipeAccountRefused = integration.WipeAccountRefused,
            WhyNot =
                integration.WhyNotAsked
                ?? (
                    integration.CommandsEnabled
                        ? null
                        : CommandWords.Of(Core.Response.CommandBrake.CommandsOff, integration)
                ),
            Needs =
            [
                .. RightsCatalogue
                    .Rows.Where(row => row.Feature == PicketFeature.EnterpriseWipe)
                    .Select(row => $"{row.ConsolePath} ({row.Access})"),
                $"{CommandWords.LockRight}, for locks",
                "API > REST > Devices (Edit), for messages, which is inferred",
            ],
        };
}
