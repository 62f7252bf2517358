using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Response;

/// <summary>Section <c>Response</c>: how eagerly Picket makes tags true by itself.</summary>
public sealed record ResponseOptions
{
    /// <summary>How often the wanted tags are compared with the confirmed ones, besides after each judging.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Response:LookEveryMilliseconds must lie between 10 and 3600000.")]
    public int LookEveryMilliseconds { get; init; } = 180_000;

    /// <summary>Before a run that ended short is followed by another; doubles each time, up to an hour.</summary>
    [Range(10, 3_600_000, ErrorMessage = "Response:RetryMilliseconds must lie between 10 and 3600000.")]
    public int RetryMilliseconds { get; init; } = 60_000;
}
