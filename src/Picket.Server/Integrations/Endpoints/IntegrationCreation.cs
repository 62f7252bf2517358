using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Makes an integration: 1 what is asked, 2 the doctor, 3 the creator's UEM account is proven and may change it (law 6),
/// 4 the scope's names, 5 save with the creator's link and the audit entries.
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
        var mistakes = new FieldMistakes();
        SettingRules.Check(draft, mistakes); // 1
        AdminProofs.Check(draft.Creator, "creator", mistakes);
        services.CredentialEnd.Check(draft.CredentialEndsOn, mistakes);
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (await IntegrationStore.IsNameTakenAsync(db, draft.Name.Trim(), null, cancellation))
        {
            return IntegrationProblems.NameTaken(draft.Name.Trim());
        }

        var patient = services.Patients.Of(draft);
        var outcome = await services.Doctor.ExamineAsync(patient, record: false, cancellation); // 2
        if (patient.Access is not { } access || (!outcome.Passed && !MayWait(draft, outcome)))
        {
            return IntegrationProblems.Unprepared(outcome.Report);
        }

        var (creator, refused) = await CreatorAsync(draft, access, patient, outcome, context, services, cancellation); // 3
        if (creator is null)
        {
            return refused!;
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
        var person = context.User.PersonId()!.Value;
        var actor = AuditLog.ActorOf(context.User);
        var now = services.Time.GetUtcNow();
        if (
            await AdminLinks.AddAsync(
                db,
                row,
                person,
                creator,
                LinkProof.Password,
                actor,
                services.Audit,
                now,
                cancellation
            ) is
            { Refusal: { } taken }
        )
        {
            return taken;
        }

        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost)
        {
            return lost;
        }

        IntegrationLog.Changed(services.Log, row.Id, "created");
        IntegrationReading.Tag(context, row);
        return TypedResults.Created(
            Routes.Fill(Routes.Integration, row.Id),
            await services.Views.OfAsync(db, row, context.User, fresh: true, cancellation)
        );
    }

    /// <summary>
    /// Nobody makes an integration who could not change it. Where the account cannot be proven for lack of preparation,
    /// the doctor's report goes along: it says what to mend.
    /// </summary>
    private static async Task<(AdminAccount? Creator, ProblemHttpResult? Refusal)> CreatorAsync(
        CreateIntegration draft,
        UemAccess access,
        Patient patient,
        DoctorOutcome outcome,
        HttpContext context,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        var scene = new ProofScene(
            context,
            context.User.PersonId()!.Value,
            Integration: null,
            access,
            patient.Pacer,
            (name, token) => services.Reader.ThroughAsync(access, patient.Pacer, name, token)
        );
        var (account, refusal) = await services.Proofs.ProveAsync(scene, draft.Creator!, cancellation);
        if (account is not null)
        {
            string[] own = access.Kind == CredentialKind.Basic ? [access.Account] : [];
            var target = new ChangeTarget(outcome.Group?.Uuid ?? Guid.Empty, own);
            refusal = await services.Gate.RefusalAsync(context, account, target, cancellation);
        }

        if (refusal is not null && !outcome.Passed)
        {
            refusal.ProblemDetails.Extensions["doctor"] = outcome.Report;
        }

        return refusal is null ? (account, null) : (null, refusal);
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
        var privacy = draft.Privacy ?? new IntegrationPrivacy();
        var row = new IntegrationRow
        {
            Id = Guid.CreateVersion7(now),
            Name = draft.Name.Trim(),
            Address = "",
            Account = "",
            ProtectedSecrets = "",
            CorporateApps = privacy.CorporateApps,
            EmployeeApps = privacy.EmployeeApps,
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
        row.CredentialEndsOn = draft.CredentialEndsOn;
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
