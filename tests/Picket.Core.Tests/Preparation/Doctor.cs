using Picket.Core.Identity;
using Picket.Core.Preparation;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Preparation;

/// <summary>A doctor's visit to a well-prepared UEM, to be spoiled by each test.</summary>
internal static class Doctor
{
    internal const string Json = "application/json; charset=utf-8";

    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly Guid Group = new("10000000-0000-4000-8000-000000000001");
    internal static readonly DoctorSubject Subject = new(UemAuthentication.Basic, "picket-api", Group, 570);
    internal static readonly RemoteAnswer Ok = new(200, ContentType: Json, ServerDate: Now);

    internal static readonly ProbeFacts Healthy = new()
    {
        Subject = Subject,
        Address = AddressHint.Mend("https://as1.awmdm.com"),
        Network = new(NameResolved: true, Connected: true, Tls: TlsState.Trusted),
        Probes = [.. DoctorProbes.All.Select(probe => new ProbeRecord(probe, Ok))],
        ProductName = "AirWatch Platform Service",
        ProductVersion = "25.11.0.0",
        Account = new(Guid.Empty, "picket-api", true, Group, [new("Picket", Group, "World", Active: true)]),
        Quota = new CallQuota(50_000, 49_000, Now.AddHours(9)),
        Now = Now,
    };

    internal static RemoteAnswer Refused(int status, int code, string message) => new(status, code, message, Json);

    /// <summary>Visits as the server does: probe by probe, for as long as the plan asks for another.</summary>
    internal static ProbeFacts Visit(Func<DoctorProbe, RemoteAnswer> uem)
    {
        List<ProbeRecord> made = [];
        while (DoctorPlan.Next(Subject, made, made.Count) is { } probe)
        {
            made.Add(new(probe, uem(probe)));
        }

        return Healthy with
        {
            Probes = made,
        };
    }

    internal static CheckResult Check(this IEnumerable<CheckResult> results, CheckDefinition check) =>
        results.Single(result => result.Id == check.Id);

    internal static CheckResult Right(this IEnumerable<CheckResult> results, string row) =>
        results.Single(result => result.Id == "right:" + row);

    internal static IEnumerable<string> Failed(this IEnumerable<CheckResult> results) =>
        results.Where(result => result.State == CheckState.Fail).Select(result => result.Id);
}
