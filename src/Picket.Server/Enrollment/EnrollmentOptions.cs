using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Enrollment;

/// <summary>Section <c>Enrollment</c>: imports of users and devices.</summary>
public sealed record EnrollmentOptions
{
    /// <summary>What the lines of an import say is forgotten so long after its end; its numbers and the ledger stay.</summary>
    [Range(1, 3650, ErrorMessage = "Enrollment:KeepLinesDays must lie between 1 and 3650.")]
    public int KeepLinesDays { get; init; } = 30;

    /// <summary>How often imports that wait are looked at, besides when somebody starts one.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Enrollment:LookEveryMilliseconds must lie between 10 and 3600000.")]
    public int LookEveryMilliseconds { get; init; } = 30_000;

    /// <summary>Before an import goes on after the UEM could not be asked; doubles each time, up to an hour.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Enrollment:RetryMilliseconds must lie between 10 and 3600000.")]
    public int RetryMilliseconds { get; init; } = 60_000;
}
