using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Audit;
using Picket.Server.Response;
using Picket.Server.Storage;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Picket.Api.IntegrationView>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace Picket.Server.Integrations;

/// <summary>
/// Changes settings: 1 who asks, 2 from which version, 3 what is asked, 4 law 7 and what else stands against it, 5 law 6 by
/// the UEM as it is known, 6 the doctor and law 6 once more where the way to the UEM changes, 7 apply, 8 save with the audit
/// entry. Nothing is kept unless all of it is.
/// </summary>
internal static class IntegrationChange
{
    public static async Task<Answer> ChangeAsync(
        Guid id,
        ChangeIntegration change,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        InventoryRemoval inventory,
        CancellationToken cancellation
    )
    {
        if (await IntegrationStore.FindAsync(db, id, cancellation) is not { } row)
        {
            return IntegrationProblems.NotFound(id);
        }

        var early = await services.Gate.RefusalBeforeReadingAsync(context, row, cancellation); // 1
        if ((early ?? VersionRefusal(context, row)) is { } refused) // 2
        {
            return refused;
        }

        var address = change.Address is { } typed ? DraftAccess.Mend(typed) : null;
        if (Mistakes(change, address, services) is { Any: true } mistakes) // 3
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        var plan = ChangePlan.Of(row, change, address?.Address);
        if (await ObstacleAsync(db, row, change, plan, cancellation) is { } obstacle) // 4
        {
            return obstacle;
        }

        // Another UEM must not be the one that says who may lead there. A credential alone is asked with itself, below.
        if (!plan.CredentialAlone && await services.Gate.RefusalAsync(context, row, cancellation) is { } notAllowed) // 5
        {
            return notAllowed;
        }

        var (before, tagging) = (SettingsSnapshot.Of(row), TaggingConsent.SettingsOf(row));
        if (
            plan.NeedsDoctor
            && await TakeNewWayAsync(db, row, change, address, context, services, cancellation) is { } notThere // 6
        )
        {
            return notThere;
        }

        mistakes = await ApplyAsync(row, change, services, cancellation); // 7
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        // Nobody has agreed to write to another fleet.
        row.WritingEnabled &= tagging.FleetChangedTo(TaggingConsent.SettingsOf(row)).Count == 0;
        if (plan.Group || plan.Ways.Count > 0)
        {
            row.ForgetUem();
        }

        Record(db, row, context, before, services);
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost) // 8
        {
            return lost;
        }

        if (plan.Group)
        {
            // Devices of another group must not look like devices that were lost.
            await inventory.RemoveAsync(id, cancellation);
        }

        return await ChangedAsync(db, row, context, services, cancellation);
    }

    private static FieldMistakes Mistakes(ChangeIntegration change, MendedAddress? address, SettingsServices services)
    {
        var mistakes = new FieldMistakes();
        SettingRules.Check(change, mistakes);
        services.CredentialEnd.Check(change.CredentialEnd?.On, mistakes);
        mistakes.Unless(address?.Error is null, "address", address?.Error ?? "");
        return mistakes;
    }

    /// <returns>What stands against the change whoever asks for it; null where nothing does.</returns>
    private static async Task<ProblemHttpResult?> ObstacleAsync(
        PicketDbContext db,
        IntegrationRow row,
        ChangeIntegration change,
        ChangePlan plan,
        CancellationToken cancellation
    )
    {
        if (change.Name is { } name && await IntegrationStore.IsNameTakenAsync(db, name.Trim(), row.Id, cancellation))
        {
            return IntegrationProblems.NameTaken(name.Trim());
        }

        if (plan.LeavesSecretsBehind(row, change))
        {
            return IntegrationProblems.SecretsAnew(plan.Ways.Count > 0 ? plan.Ways[0] : "the organization group");
        }

        if (change.Credential is not (null or BasicCredential or OAuthCredential))
        {
            return IntegrationProblems.KindNotSupported();
        }

        return plan.Group && await IntegrationStore.OpenWorkAsync(db, row.Id, cancellation) is { } run
            ? IntegrationProblems.UnderWay(run)
            : null;
    }

    /// <summary>The doctor passes the new way, and the UEM at its end says that the caller may lead there; then it is taken.</summary>
    private static async Task<ProblemHttpResult?> TakeNewWayAsync(
        PicketDbContext db,
        IntegrationRow row,
        ChangeIntegration change,
        MendedAddress? address,
        HttpContext context,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        var access = AccessOf(row, change, address, services);
        var patient = services.Patients.Of(row, access, change.OrganizationGroup);
        var outcome = await services.Doctor.ExamineAsync(patient, false, cancellation);
        if (!outcome.Passed)
        {
            return IntegrationProblems.Unprepared(outcome.Report);
        }

        var group = outcome.Group?.Uuid;
        if (
            await services.Gate.RefusalAsync(context, row, access, patient.Pacer, group, cancellation) is { } notAllowed
        )
        {
            return notAllowed;
        }

        CredentialRotation.Apply(db, row, access, outcome, services);
        return null;
    }

    private static void Record(
        PicketDbContext db,
        IntegrationRow row,
        HttpContext context,
        object before,
        SettingsServices services
    ) =>
        services.Audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "integration.changed",
            $"{row.Id}",
            before,
            SettingsSnapshot.Of(row)
        );

    private static async Task<Ok<IntegrationView>> ChangedAsync(
        PicketDbContext db,
        IntegrationRow row,
        HttpContext context,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        services.Privacy.Raise(row.Id);
        IntegrationLog.Changed(services.Log, row.Id, "was changed");
        IntegrationReading.Tag(context, row);
        return TypedResults.Ok(await services.Views.OfAsync(db, row, context.User, fresh: true, cancellation));
    }

    private static ProblemHttpResult? VersionRefusal(HttpContext context, IntegrationRow row)
    {
        var asked = context.Request.GetTypedHeaders().IfMatch;
        if (asked.Count == 0)
        {
            return IntegrationProblems.NoVersion();
        }

        var present = $"\"{row.Version}\"";
        return asked.Any(tag => tag.Tag == present || tag.Tag == "*") ? null : IntegrationProblems.Stale();
    }

    private static UemAccess AccessOf(
        IntegrationRow row,
        ChangeIntegration change,
        MendedAddress? address,
        SettingsServices services
    )
    {
        var saved = UemAccess.Of(row, services.Secrets.TryOpen(row) ?? new IntegrationSecrets("", null));
        var access = saved with
        {
            Address = address?.Address is { } mended ? DraftAccess.Root(mended) : saved.Address,
            CaCertificatePem = change.CaCertificatePem is { } ca ? Empty(ca) : saved.CaCertificatePem,
            ProxyAddress = change.Proxy is { } proxy ? Empty(proxy.Address) : saved.ProxyAddress,
            Secrets = change.Proxy is { } through
                ? saved.Secrets with
                {
                    ProxyUser = Empty(through.User),
                    ProxyPassword = Empty(through.Password),
                }
                : saved.Secrets,
        };
        return change.Credential is { } credential ? DraftAccess.With(access, credential) : access;
    }

    private static async Task<FieldMistakes> ApplyAsync(
        IntegrationRow row,
        ChangeIntegration change,
        SettingsServices services,
        CancellationToken cancellation
    )
    {
        var mistakes = new FieldMistakes();
        row.Name = change.Name?.Trim() ?? row.Name;
        row.QuotaSharePercent = change.QuotaSharePercent ?? row.QuotaSharePercent;
        row.CredentialEndsOn = change.CredentialEnd is { } end ? end.On : row.CredentialEndsOn;
        row.TagPrefix = change.TagPrefix ?? row.TagPrefix;
        row.TagUnknown = change.TagUnknown ?? row.TagUnknown;
        row.TagBatchSize = change.TagBatchSize ?? row.TagBatchSize;
        if (change.TagBrake is { } brake)
        {
            (row.TagBrakePercent, row.TagBrakeLeast) = (brake.Percent, brake.Least);
            (row.TagBrakePerRun, row.TagBrakeGroupPercent) = (brake.PerRun, brake.GroupPercent);
        }

        if (change.SyncIntervalMinutes is { } minutes && minutes != row.SyncIntervalMinutes)
        {
            row.SyncIntervalMinutes = minutes;
            var soonest = services.Time.GetUtcNow() + TimeSpan.FromMinutes(minutes);
            row.NextRunAt = row.NextRunAt > soonest ? soonest : row.NextRunAt;
        }

        if (change.Privacy is { } privacy)
        {
            row.PrivacyDue |= (privacy.CorporateApps, privacy.EmployeeApps) != (row.CorporateApps, row.EmployeeApps);
            (row.CorporateApps, row.EmployeeApps) = (privacy.CorporateApps, privacy.EmployeeApps);
        }

        if (change.Scope is { } scope)
        {
            await SetScopeAsync(row, scope, services, mistakes, cancellation);
        }

        row.UpdatedAt = services.Time.GetUtcNow();
        row.Version++;
        return mistakes;
    }

    private static async Task SetScopeAsync(
        IntegrationRow row,
        IntegrationScope scope,
        SettingsServices services,
        FieldMistakes mistakes,
        CancellationToken cancellation
    )
    {
        if (row.IsCredentialRefused || row.OrganizationGroupId == 0)
        {
            (row.ExcludedOrganizationGroups, row.SmartGroups) = ScopeFinder.WithoutAsking(scope, mistakes);
            return;
        }

        var access = UemAccess.Of(row, services.Secrets.Open(row));
        using var handler = services.Clients.Handler(access);
        using var client = services.Clients.ForExamination(
            access,
            handler,
            services.Connections.PacerOf(row),
            refusal => services.Connections.MarkRefused(row.Id, row.CredentialVersion, refusal),
            recorder: null
        );
        await ScopeSetting.SetAsync(row, scope, client, mistakes, cancellation);
    }

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
