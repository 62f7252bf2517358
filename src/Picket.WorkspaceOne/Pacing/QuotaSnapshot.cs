namespace Picket.WorkspaceOne.Pacing;

/// <summary>The budget as last seen.</summary>
/// <param name="Limit">Calls that the UEM allows in its day (<c>x-ratelimit-limit</c>); null before the first answer.</param>
/// <param name="Remaining">Calls that it has left for everybody (<c>x-ratelimit-remaining</c>).</param>
/// <param name="ResetAt">
/// End of the UEM's day by its own clock: a fixed window of 24 h that opens with the first call (trust W). Where the
/// UEM named no usable end, 24 h after it first named a limit.
/// </param>
/// <param name="CallsMade">Calls that this pacer let through in the window, retries included.</param>
/// <param name="Share">Calls that this pacer may let through in the window; null before the first answer.</param>
public sealed record QuotaSnapshot(long? Limit, long? Remaining, DateTimeOffset? ResetAt, long CallsMade, long? Share);
