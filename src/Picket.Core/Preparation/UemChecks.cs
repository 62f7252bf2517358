using System.Globalization;

namespace Picket.Core.Preparation;

/// <summary>Whether a UEM answers, which one, and whether it still may be asked today.</summary>
internal static class UemChecks
{
    /// <summary>Older ones answer too, but nobody could check Picket's routes against them.</summary>
    private const int OldestKnownMajor = 20;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    internal static void Run(Examination examination)
    {
        var facts = examination.Facts;
        var info = facts.Answer(DoctorProbes.Info);
        examination.Gate(Checks.Uem, () => Uem(info, facts));
        examination.Check(Checks.Version, () => Version(facts.ProductVersion));
        examination.Check(Checks.Clock, () => Clock(info, facts.Now));
        examination.Gate(Checks.Quota, () => Quota(facts));
    }

    private static Judgement Uem(RemoteAnswer? info, ProbeFacts facts) =>
        info switch
        {
            null when TokenRefused(facts.Token) => Judgement.NotTested("Only the token service was asked."),
            null => Judgement.Fail("The server was not asked."),
            { Status: null } => Judgement.Fail($"The server did not answer: {info.Failure}", info),
            { IsApi: false, Status: >= 300 and < 400 } => Judgement.Fail(
                "The server sends callers elsewhere, as a console does, instead of answering.",
                info
            ),
            { IsApi: false, Status: >= 500 } => Judgement.Fail("The server is out of order. Try again later.", info),
            { IsApi: false, Status: 429 } => Judgement.Pass("A server answers, but takes no more calls.", info),
            { IsApi: false } => Judgement.Fail("A web page answers, not the API of a UEM.", info),
            { Status: >= 500 } => Judgement.Fail("The UEM is out of order. Try again later.", info),
            { Succeeded: true } when facts.ProductVersion is null => Judgement.Fail(
                "The answer does not name a version, as a UEM's does.",
                info
            ),
            _ => Judgement.Pass(facts.ProductName ?? "A UEM answers.", info),
        };

    private static bool TokenRefused(RemoteAnswer? token) => token is { Succeeded: false };

    private static Judgement Version(string? version) =>
        version is null ? Judgement.NotTested("The UEM did not tell its version.")
        : Major(version) is { } major && major < OldestKnownMajor
            ? Judgement.Warn($"{version} is older than what Picket knows ({OldestKnownMajor}.x and later).")
        : Judgement.Pass(version);

    private static Judgement Clock(RemoteAnswer? info, DateTimeOffset now)
    {
        if (info?.ServerDate is not { } theirs)
        {
            return Judgement.NotTested("The answer carried no date.");
        }

        var apart = (theirs - now).Duration();
        var seconds = apart.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return apart <= ClockTolerance
            ? Judgement.Pass($"The clocks are {seconds} s apart.")
            : Judgement.Warn(
                $"The clocks are {seconds} s apart.",
                new CheckCause("Let this machine and the UEM set their clocks from a time service.", null)
            );
    }

    private static Judgement Quota(ProbeFacts facts)
    {
        var refused = facts.Probes.FirstOrDefault(made => Refusals.Of(made.Answer) == Refusal.QuotaSpent)?.Answer;
        return (refused, facts.Quota) switch
        {
            ({ }, { Reset: var reset }) => Judgement.Fail($"The quota is spent until {reset:u}.", refused),
            ({ }, null) => Judgement.Fail("The UEM takes no more calls for now.", refused),
            (null, null) => Judgement.NotTested("The answers told no quota."),
            (null, { Limit: var limit, Remaining: var left, Reset: var reset }) when left * 10L < limit =>
                Judgement.Warn(
                    $"{left} of {limit} calls are left until {reset:u}; other clients of the same key share them."
                ),
            (null, { Limit: var limit, Remaining: var left }) => Judgement.Pass($"{left} of {limit} calls are left."),
        };
    }

    private static int? Major(string version) =>
        int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
}
