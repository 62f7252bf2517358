using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Integrations;

/// <summary>Section <c>Uem</c>: how patient the server is with a UEM.</summary>
public sealed record UemOptions
{
    [Range(1, 300, ErrorMessage = "Uem:AttemptTimeoutSeconds must lie between 1 and 300.")]
    public int AttemptTimeoutSeconds { get; init; } = 30;

    [Range(1, 60_000, ErrorMessage = "Uem:RetryDelayMilliseconds must lie between 1 and 60000.")]
    public int RetryDelayMilliseconds { get; init; } = 1000;

    [Range(0, 10, ErrorMessage = "Uem:MaxRetries must lie between 0 and 10.")]
    public int MaxRetries { get; init; } = 4;

    /// <summary>Rows that are asked for at a time; fewer help a UEM that takes too long over 500, and cost calls.</summary>
    [Range(10, 500, ErrorMessage = "Uem:PageSize must lie between 10 and 500.")]
    public int PageSize { get; init; } = 500;

    /// <summary>Most calls in any minute and integration; empty for no such limit.</summary>
    [Range(1, 100_000, ErrorMessage = "Uem:CallsPerMinute must lie between 1 and 100000, or be left out.")]
    public int? CallsPerMinute { get; init; }

    /// <summary>
    /// Refused sign-ins in a row that lock an account of the UEM (its console: Settings > Admin > Console Security >
    /// Passwords > Maximum invalid login attempts). One call less than it is under way at a time with a Basic
    /// credential, so a higher number reads faster where answers are slow.
    /// </summary>
    [Range(2, 100, ErrorMessage = "Uem:LockThreshold must lie between 2 and 100.")]
    public int LockThreshold { get; init; } = WorkspaceOne.SignInGuard.DefaultLockThreshold;

    /// <summary>Drafts may be checked so often a minute: each check goes where its caller says.</summary>
    [Range(1, 10_000, ErrorMessage = "Uem:DraftsPerMinute must lie between 1 and 10000.")]
    public int DraftsPerMinute { get; init; } = 20;
}
