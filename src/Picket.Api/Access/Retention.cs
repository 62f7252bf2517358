namespace Picket.Api;

/// <summary>How long each kind of fact is kept; see <see cref="Routes.Retention"/>.</summary>
/// <param name="Kind">Name of its setting, e.g. <c>AppHistoryDays</c>.</param>
/// <param name="What">What is kept, for people.</param>
/// <param name="Days">Days until it is deleted.</param>
/// <param name="Deleted">Rows that were deleted since the server started.</param>
/// <param name="LastAt">When it was last looked through; null before the first time.</param>
public sealed record RetentionView(string Kind, string What, int Days, long Deleted, DateTimeOffset? LastAt);
