using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Replaces a credential without a gap: the new one is examined first, the old one stays in force until it has passed,
/// and runs that are under way finish with it. Whether the person may is asked of the UEM with the new one, too: the old
/// one may be refused, and then nobody signs in with it (law 10).
/// </summary>
internal static class CredentialRotation
{
    public static async Task<Results<Ok<IntegrationView>, ValidationProblem, ProblemHttpResult>> RotateAsync(
        Guid id,
        RotateCredential rotation,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        var row = await IntegrationStore.FindAsync(db, id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        if (await services.Gate.RefusalBeforeReadingAsync(context, row, cancellation) is { } early)
        {
            return early;
        }

        var mistakes = new FieldMistakes();
        SettingRules.Credential(rotation.Credential, mistakes);
        services.CredentialEnd.Check(rotation.EndsOn, mistakes);
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (services.Secrets.TryOpen(row) is null && row.ProxyAddress is not null)
        {
            // The proxy's password went with the key ring, and a rotation does not bring it.
            return IntegrationProblems.SecretsLost();
        }

        if (rotation.Credential is not (BasicCredential or OAuthCredential))
        {
            return IntegrationProblems.KindNotSupported();
        }

        var before = SettingsSnapshot.Of(row);
        var access = DraftAccess.With(AccessOf(row, services), rotation.Credential);
        if (row.ProxyAddress is not null && access.TokenAddress?.ToString() != row.TokenAddress)
        {
            return IntegrationProblems.SecretsAnew("the token address");
        }

        var patient = services.Patients.Of(row, access);
        var outcome = await services.Doctor.ExamineAsync(patient, false, cancellation);
        if (!outcome.Passed)
        {
            return IntegrationProblems.Unprepared(outcome.Report);
        }

        var group = row.OrganizationGroupUuid ?? outcome.Group?.Uuid;
        if (await services.Gate.RefusalAsync(context, row, access, patient.Pacer, group, cancellation) is { } refused)
        {
            return refused;
        }

        Apply(db, row, access, outcome, services);
        row.CredentialEndsOn = rotation.EndsOn;
        services.Audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "integration.credential-rotated",
            $"{id}",
            before,
            SettingsSnapshot.Of(row)
        );
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost)
        {
            return lost;
        }

        IntegrationLog.Changed(services.Log, id, "has a new credential");
        IntegrationReading.Tag(context, row);
        return TypedResults.Ok(await services.Views.OfAsync(db, row, context.User, fresh: true, cancellation));
    }

    /// <summary>A new credential that passed ends the states that were the old one's; a pause stays.</summary>
    internal static void Apply(
        PicketDbContext db,
        IntegrationRow row,
        UemAccess access,
        DoctorOutcome outcome,
        SettingsServices services
    )
    {
        var now = services.Time.GetUtcNow();
        DraftAccess.Keep(row, access, services.Secrets, now);
        GroupSetting.Learn(row, outcome.Group);
        row.RightsVersion = RightsCatalogue.Version;
        row.UpdatedAt = now;
        row.Version++;
        if (row.State != IntegrationState.Paused)
        {
            // Without a next run it was paused when its credential was refused.
            (row.State, row.StateReason) = row.NextRunAt is null
                ? (IntegrationState.Paused, "The credential works now. Resume when you like.")
                : (IntegrationState.Active, null);
        }

        // A run with the old credential may have been refused since the row was loaded; its mark must not outlive it.
        db.Entry(row).Property(each => each.State).IsModified = true;
        db.Entry(row).Property(each => each.StateReason).IsModified = true;
    }

    private static UemAccess AccessOf(IntegrationRow row, SettingsServices services) =>
        UemAccess.Of(row, services.Secrets.TryOpen(row) ?? new IntegrationSecrets("", null));
}
