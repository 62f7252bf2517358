using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Preparation;
using Picket.Core.Sync;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.Server.Integrations;

/// <summary>
/// Checks the preparation on the UEM side: 1 the network, 2 the token service, 3 the probes of the plan, each once, GET
/// only, 4 after the first success the version, the group and the account; 5 the diagnosis, which is a function of
/// what was seen. Ends at the first refused credential, and after 40 calls.
/// </summary>
public sealed class Doctor(
    NetworkExamination network,
    UemClients clients,
    SignInMemory signIns,
    TimeProvider time,
    ILogger<Doctor> log
)
{
    internal async Task<DoctorOutcome> ExamineAsync(Patient patient, bool record, CancellationToken cancellation)
    {
        var started = time.GetUtcNow();
        var capture = new List<Exchange>();
        var visit = new DoctorVisit(patient, time);
        if (patient.Access is { } access && MayConnect(patient))
        {
            visit.Network = await network.LookAsync(access, cancellation); // 1
            patient.Round?.Tell(visit.Facts());
            if (Reached(visit.Network))
            {
                await VisitAsync(visit, access, record ? capture : null, cancellation);
            }
        }

        var facts = visit.Facts();
        var report = DoctorReports.Of(Diagnosis.Of(facts)) with // 5
        {
            Calls = visit.Calls,
            UemVersion = facts.ProductVersion,
            StartedAt = started,
            Seconds = (time.GetUtcNow() - started).TotalSeconds,
            NewRights = NewRights(patient),
            Capture = record ? [.. capture.Select(exchange => DoctorReports.Of(exchange, patient.IsSaved))] : null,
        };
        Tell(patient, report);
        return new DoctorOutcome(report, visit.Group, visit.CredentialRefused);
    }

    /// <summary>"Custom roles must be manually maintained": what the role may lack since the last pass.</summary>
    private static string[] NewRights(Patient patient) =>
        patient.RightsVersion is { } seen ? [.. RightsCatalogue.NewSince(seen).Select(RightsCatalogue.CheckId)] : [];

    /// <summary>Certificate and directory accounts are refused before anything is sent.</summary>
    private static bool MayConnect(Patient patient) =>
        DoctorPlan.MayBegin(patient.Authentication)
        && patient.UserName?.Contains('\\', StringComparison.Ordinal) is not true;

    private static bool Reached(NetworkFacts network) =>
        network
            is {
                NameResolved: not false,
                Connected: not false,
                Tls: TlsState.Trusted or TlsState.NotUsed or TlsState.NotTried
            };

    private async Task VisitAsync(
        DoctorVisit visit,
        UemAccess access,
        List<Exchange>? capture,
        CancellationToken cancellation
    )
    {
        if (access.AccountMended)
        {
            signIns.Forgive(access);
        }

        if ((visit.Patient.RefusedBefore ?? signIns.RefusedBefore(access)) is { } refusal)
        {
            visit.RefusedBefore(refusal);
            return;
        }

        using var limit = new CallLimit(clients.Handler(access));
        using var client = clients.ForExamination(
            access,
            limit,
            visit.Patient.Pacer,
            visit.Patient.OnRefused,
            capture is null ? null : capture.Add
        );
        try
        {
            if (access.Kind == CredentialKind.OAuth && !await visit.AskTokenServiceAsync(client, cancellation)) // 2
            {
                return;
            }

            while (DoctorPlan.Next(visit.Subject, visit.Made, limit.Made) is { } probe) // 3
            {
                await visit.AskAsync(client, probe, cancellation); // and 4
                visit.Patient.Round?.Tell(visit.Facts());
            }
        }
        finally
        {
            visit.Calls = limit.Made;
        }
    }

    private void Tell(Patient patient, DoctorReport report) =>
        IntegrationLog.Examined(
            log,
            patient.Address.Address?.Host ?? "(no address)",
            report.Pass,
            report.Fail,
            report.Warn,
            report.NotTested,
            report.Calls
        );
}
