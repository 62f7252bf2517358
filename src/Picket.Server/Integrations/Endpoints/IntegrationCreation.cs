using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Makes an integration: 1 who asks, 2 what is asked, 3 the doctor, 4 the scope's names, 5 save with its audit entry.
/// </summary>
internal static class IntegrationCreation
{
    /// <summary>Time to look at a new integration, and to narrow its scope, before its first reading.</summary>
    private static readonly TimeSpan FirstRunAfter = TimeSpan.FromMinutes(1);

    public static async Task<Results<Created<IntegrationView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateIntegration draft,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        if (ChangeGate.Decide(context.User, null) is { Allowed: false } refused) // 1
        {
            return IntegrationProblems.NotAllowed(refused);
        }

        var mistakes = new FieldMistakes();
        SettingRules.Check(draft, mistakes); // 2
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (await IntegrationStore.IsNameTakenAsync(db, draft.Name.Trim(), null, cancellation))
        {
            return IntegrationProblems.NameTaken(draft.Name.Trim());
        }

        var patient = services.Patients.Of(draft);
        var outcome = await services.Doctor.ExamineAsync(patient, record: false, cancellation); // 3
        if (patient.Access is not { } access || (!outcome.Passed && !MayWait(draft, outcome)))
        {
            return IntegrationProblems.Unprepared(outcome.Report);
        }

        var row = NewRow(draft, access, outcome, services);
        await ScopeSetting.SetAsync(row, draft.Scope, outcome, access, patient.Pacer, services, mistakes, cancellation); // 4
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        QuotaRecord.Keep(row, patient.Pacer.Snapshot);
        db.Integrations.Add(row); // 5
        services.Audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "integration.created",
            $"{row.Id}",
            after: SettingsSnapshot.Of(row)
        );
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost)
        {
            return lost;
        }

        IntegrationLog.Changed(services.Log, row.Id, "created");
        IntegrationReading.Tag(context, row);
        return TypedResults.Created(
            Routes.Fill(Routes.Integration, row.Id),
            await services.Views.OfAsync(db, row, fresh: true, cancellation)
        );
    }

    /// <summary>What can never work is not saved for later either.</summary>
    private static bool MayWait(CreateIntegration draft, DoctorOutcome outcome) =>
        draft.SaveAsPaused
        && !outcome.Report.Checks.Any(check =>
            check.State == CheckState.Fail
            && (check.Id == Core.Preparation.Checks.Kind.Id || check.Id == Core.Preparation.Checks.Address.Id)
        );

    private static IntegrationRow NewRow(
        CreateIntegration draft,
        UemAccess access,
        DoctorOutcome outcome,
        SettingsServices services
    )
    {
        var now = services.Time.GetUtcNow();
        var row = new IntegrationRow
        {
            Id = Guid.CreateVersion7(now),
            Name = draft.Name.Trim(),
            Address = "",
            Account = "",
            ProtectedSecrets = "",
            QuotaSharePercent = draft.QuotaSharePercent,
            SyncIntervalMinutes = draft.SyncIntervalMinutes,
            TagPrefix = draft.TagPrefix,
            TagUnknown = draft.TagUnknown,
            TagBatchSize = draft.TagBatchSize,
            NextRunAt = draft.SaveAsPaused ? null : now + FirstRunAfter,
            CreatedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        DraftAccess.Keep(row, access, services.Secrets, now);
        GroupSetting.Set(row, draft.OrganizationGroup, outcome.Group);
        row.RightsVersion = outcome.Passed ? Core.Preparation.RightsCatalogue.Version : 0;
        (row.State, row.StateReason) = FirstState(draft, outcome);
        if (outcome.CredentialRefused)
        {
            row.Refuse(
                "The UEM refused the credential when it was entered. Mend the account in the UEM, then rotate the credential."
            );
        }

        return row;
    }

    private static (IntegrationState State, string? Reason) FirstState(
        CreateIntegration draft,
        DoctorOutcome outcome
    ) =>
        draft.SaveAsPaused
            ? (
                IntegrationState.Paused,
                outcome.Passed ? "Saved as paused." : "Saved before its preparation was complete. Run the doctor."
            )
            : (IntegrationState.Active, null);
}
