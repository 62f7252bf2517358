using System.Net;
using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>A harmless question of the doctor: always GET.</summary>
/// <param name="Route">Path below the API's address with query, such as <c>mdm/devices/search?pagesize=1</c>.</param>
/// <param name="Version">Version asked for; 0 sends no version.</param>
public sealed record ProbeRequest(string Route, int Version = 1)
{
    /// <summary>
    /// The path with placeholders instead of the tenant's ids, for logs, traces and recordings. Null lets numbers and
    /// uuids of the path become <c>{id}</c>.
    /// </summary>
    public string? Template { get; init; }
}

/// <summary>Evidence of a probe. Never holds a body.</summary>
public sealed record ProbeAnswer
{
    /// <summary>Path that was asked, with placeholders instead of ids, without query.</summary>
    public required string Route { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>The server's <c>errorCode</c>.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The server's message or ours, cleaned.</summary>
    public string? Message { get; init; }

    /// <summary>Media type of the answer.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>X-Api-Version</c>: the version that served.</summary>
    public string? ApiVersion { get; init; }

    /// <summary><c>x-correlation-id</c>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Budget after the call.</summary>
    public required QuotaSnapshot Quota { get; init; }

    /// <summary>The server's clock, from its <c>Date</c> header.</summary>
    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>Our clock when the answer's headers were there.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>From sending to the last byte.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Where it failed; null when the server answered with success.</summary>
    public FailureStage? Stage { get; init; }

    /// <summary>Host that a redirect pointed to.</summary>
    public string? RedirectHost { get; init; }

    /// <summary>Value of <c>Total</c> or <c>TotalResults</c> in the answer.</summary>
    public int? Total { get; init; }

    /// <summary>True for a success status with JSON or with no body.</summary>
    public bool Succeeded => Stage is null;
}
