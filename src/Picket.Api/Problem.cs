namespace Picket.Api;

/// <summary>
/// A refusal or failure as problem details (RFC 9457, <c>application/problem+json</c>) with Picket's extensions.
/// Statuses: 400 malformed, 401 not signed in, 403 not allowed, 404 not found, 409 not in its present state or while
/// something else is under way, 412 changed meanwhile (If-Match), 413 too large, 422 understood but refused, 428 If-Match
/// is missing, 429 too many, 500 a failure of the server, 502 the UEM could not be asked, 503 not ready.
/// </summary>
public sealed record Problem
{
    /// <summary>
    /// <see cref="Type"/> of a sign-in whose password was right and that lacks a code of the second factor.
    /// </summary>
    public const string SecondFactorNeeded = "urn:picket:second-factor-needed";

    /// <summary>Address that names the kind of problem; <c>about:blank</c> when the status says it all.</summary>
    public string? Type { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What happened, to what. Never a secret, never a body of the UEM.</summary>
    public string? Detail { get; init; }

    /// <summary>The address that was called.</summary>
    public string? Instance { get; init; }

    /// <summary>What the caller can do next.</summary>
    public string? Next { get; init; }

    /// <summary>Joins this answer with the server's log.</summary>
    public string? TraceId { get; init; }

    /// <summary>Per field of the request: what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Where a feed file could not be read.</summary>
    public IReadOnlyList<FeedError>? FeedErrors { get; init; }

    /// <summary>What is wrong with a policy document.</summary>
    public IReadOnlyList<PolicyMistake>? PolicyMistakes { get; init; }

    /// <summary>The run that is under way, when a second one was refused (409).</summary>
    public RunView? Run { get; init; }

    /// <summary>The failed check of the preparation, when saving an integration was refused (422).</summary>
    public DoctorReport? Doctor { get; init; }
}
