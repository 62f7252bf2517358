using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

internal static class DoctorEndpoints
{
    public static async Task<Results<Ok<DoctorReport>, ValidationProblem, ProblemHttpResult>> ExamineDraftAsync(
        CreateIntegration draft,
        bool? record,
        Guid? round,
        ClaimsPrincipal caller,
        Doctor doctor,
        DoctorRounds rounds,
        Patients patients,
        CancellationToken cancellation
    )
    {
        var mistakes = new FieldMistakes();
        SettingRules.Check(draft, mistakes);
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        using var looked = rounds.Begin(caller, round);
        var outcome = await doctor.ExamineAsync(
            patients.Of(draft) with
            {
                Round = looked,
            },
            record ?? false,
            cancellation
        );
        return TypedResults.Ok(outcome.Report);
    }

    public static async Task<Results<Ok<DoctorReport>, ProblemHttpResult>> ExamineSavedAsync(
        Guid id,
        bool? record,
        Guid? round,
        ClaimsPrincipal caller,
        PicketDbContext db,
        PicketDatabase database,
        Doctor doctor,
        DoctorRounds rounds,
        Patients patients,
        SecretBox secrets,
        CredentialEndRules credentialEnd,
        CancellationToken cancellation
    )
    {
        var row = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        if (secrets.TryOpen(row) is null)
        {
            return IntegrationProblems.SecretsLost();
        }

        using var looked = rounds.Begin(caller, round);
        var patient = patients.Of(row) with { Round = looked };
        var outcome = await doctor.ExamineAsync(
            patient with
            {
                Used = await ProvenRights.OfAsync(db, row, cancellation),
            },
            record ?? false,
            cancellation
        );
        await QuotaRecord.SaveAsync(database, id, patient.Pacer.Snapshot, cancellation);
        if (outcome.Passed)
        {
            await db
                .Integrations.Where(each => each.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(each => each.RightsVersion, RightsCatalogue.Version),
                    cancellation
                );
        }

        return TypedResults.Ok(credentialEnd.AddTo(outcome.Report, row));
    }

    /// <summary>Looks on; who did not begin it finds nothing.</summary>
    public static Results<Ok<DoctorProgress>, NotFound> Look(Guid id, ClaimsPrincipal caller, DoctorRounds rounds) =>
        rounds.Look(caller, id) is { } progress ? TypedResults.Ok(progress) : TypedResults.NotFound();
}
