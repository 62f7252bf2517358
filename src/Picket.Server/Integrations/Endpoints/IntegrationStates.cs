using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Pausing, resuming, and whether Picket may write.</summary>
internal static class IntegrationStates
{
    public static Task<Results<Ok<IntegrationView>, ProblemHttpResult>> PauseAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            "integration.paused",
            context,
            db,
            services,
            _ => null,
            row =>
            {
                // A refused credential stays marked: the pause must not hide it.
                if (!row.IsCredentialRefused)
                {
                    (row.State, row.StateReason) = (IntegrationState.Paused, "Paused by a person.");
                }

                row.NextRunAt = null;
                return Task.FromResult<ProblemHttpResult?>(null);
            },
            cancellation
        );

    /// <summary>An integration that was saved before it was prepared gets here, so the doctor looks first.</summary>
    public static Task<Results<Ok<IntegrationView>, ProblemHttpResult>> ResumeAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            "integration.resumed",
            context,
            db,
            services,
            row =>
                row.IsCredentialRefused ? IntegrationProblems.CredentialRefused(row.RefusedReason)
                : services.Secrets.TryOpen(row) is null ? IntegrationProblems.SecretsLost()
                : null,
            async row =>
            {
                var patient = services.Patients.Of(row);
                var outcome = await services.Doctor.ExamineAsync(patient, false, cancellation);
                if (!outcome.Passed)
                {
                    return IntegrationProblems.Unprepared(outcome.Report);
                }

                GroupSetting.Learn(row, outcome.Group);
                QuotaRecord.Keep(row, patient.Pacer.Snapshot);
                (row.State, row.StateReason) = (IntegrationState.Active, null);
                row.NextRunAt = services.Time.GetUtcNow();
                row.RightsVersion = Core.Preparation.RightsCatalogue.Version;
                return null;
            },
            cancellation
        );

    public static Task<Results<Ok<IntegrationView>, ProblemHttpResult>> SetWritingAsync(
        Guid id,
        SetWriting wish,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            wish.Enabled ? "integration.writing-on" : "integration.writing-off",
            context,
            db,
            services,
            _ => null,
            async row =>
            {
                if (wish.Enabled && await TaggingConsent.RefusalAsync(db, row, cancellation) is { } refusal)
                {
                    return IntegrationProblems.Of(
                        409,
                        "No preview was accepted for these settings",
                        refusal,
                        "Ask for a preview of the tags, and accept it."
                    );
                }

                row.WritingEnabled = wish.Enabled;
                return null;
            },
            cancellation
        );

    private static async Task<Results<Ok<IntegrationView>, ProblemHttpResult>> ChangeAsync(
        Guid id,
        string action,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        Func<IntegrationRow, ProblemHttpResult?> hopeless,
        Func<IntegrationRow, Task<ProblemHttpResult?>> change,
        CancellationToken cancellation
    )
    {
        var row = await IntegrationStore.FindAsync(db, id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        var refused =
            await services.Gate.RefusalBeforeReadingAsync(context, row, cancellation)
            ?? hopeless(row) // Nothing is asked of the UEM for what cannot be done anyway.
            ?? await services.Gate.RefusalAsync(context, row, cancellation);
        if (refused is not null)
        {
            return refused;
        }

        var before = new { State = row.State.ToString(), row.WritingEnabled };
        if (await change(row) is { } problem)
        {
            return problem;
        }

        row.UpdatedAt = services.Time.GetUtcNow();
        row.Version++;
        var after = new { State = row.State.ToString(), row.WritingEnabled };
        services.Audit.Add(db, AuditLog.ActorOf(context.User), action, $"{id}", before, after);
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost)
        {
            return lost;
        }

        services.Response.RaiseWholly(id);
        IntegrationLog.Changed(services.Log, id, action);
        IntegrationReading.Tag(context, row);
        return TypedResults.Ok(await services.Views.OfAsync(db, row, context.User, fresh: true, cancellation));
    }
}
