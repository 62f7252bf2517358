namespace Picket.Core.Preparation;

/// <summary>One probe that was made, and its answer.</summary>
public sealed record ProbeRecord(DoctorProbe Probe, RemoteAnswer Answer);

/// <summary>Says which call the doctor makes next.</summary>
public static class DoctorPlan
{
    /// <summary>One run costs at most so many calls, retries and token requests included.</summary>
    public const int MostCalls = 40;

    /// <param name="made">The probes made so far, in order.</param>
    /// <param name="calls">All calls made so far; more than the probes where one was retried.</param>
    /// <returns>Null when the examination is over.</returns>
    public static DoctorProbe? Next(DoctorSubject subject, IReadOnlyList<ProbeRecord> made, int calls)
    {
        if (!MayBegin(subject.Authentication) || calls >= MostCalls || made.Any(record => Ends(record.Answer)))
        {
            return null;
        }

        var done = made.Select(record => record.Probe.Id).ToHashSet();
        return DoctorProbes.All.FirstOrDefault(probe =>
            !done.Contains(probe.Id) && Applies(probe, subject) && probe.PathFor(subject) is not null
        );
    }

    /// <summary>Certificate and directory accounts are refused before anything is sent.</summary>
    public static bool MayBegin(UemAuthentication authentication) =>
        authentication is UemAuthentication.Basic or UemAuthentication.OAuth;

    /// <summary>An OAuth client has no user name to search for; the listing alone shows whether it may read admins.</summary>
    private static bool Applies(DoctorProbe probe, DoctorSubject subject) =>
        probe.Id != DoctorProbes.Self.Id
        || subject.UserName is not null
        || subject.Authentication == UemAuthentication.OAuth;

    private static bool Ends(RemoteAnswer answer)
    {
        var refusal = Refusals.Of(answer);
        return Refusals.RefusesEntry(refusal)
            || refusal is Refusal.QuotaSpent or Refusal.NoAnswer
            || (answer.Succeeded && !answer.IsApi);
    }
}
