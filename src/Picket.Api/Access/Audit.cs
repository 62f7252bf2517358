using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>One line of the audit: a link of its hash chain.</summary>
/// <param name="Id">Picket's id.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Actor">
/// Who: <c>person:</c> and the random id that the audit knows a person by, <c>token:</c> and the id of a service's token,
/// or <c>picket</c> itself.
/// </param>
/// <param name="Action">What, e.g. <c>integration.changed</c>.</param>
/// <param name="Subject">To what, e.g. the integration's id.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Before">The facts before, as JSON without secrets; null where there were none.</param>
/// <param name="After">The facts after, as JSON without secrets.</param>
public sealed record AuditEntry(
    Guid Id,
    DateTimeOffset At,
    string Actor,
    string Action,
    string? Subject,
    AuditOutcome Outcome,
    string? Before,
    string? After
)
{
    /// <summary>
    /// The person's or token's name. Null for Picket itself, for a person whose name was erased, and in an export; no part
    /// of the hash.
    /// </summary>
    public string? ActorName { get; init; }

    /// <summary>
    /// The name of the feed or integration that was acted on. Null for everything else, for what is gone, and in an export;
    /// no part of the hash.
    /// </summary>
    public string? SubjectName { get; init; }

    /// <summary>Place in the chain: 1, 2, 3 …</summary>
    public long Sequence { get; init; }

    /// <summary>The network address that the request came from; null for what Picket did by itself.</summary>
    public string? Address { get; init; }

    /// <summary>Hash of the entry before; 64 zeros before the first.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>
    /// SHA-256, in small hexadecimal digits, over these fields: the word <c>picket-audit-1</c>, previousHash, sequence, id, at
    /// (Unix milliseconds), actor, address, action, subject, outcome, before, after. Each is written as the number of its
    /// UTF-8 bytes, a colon, the bytes and a line feed; an absent one as a minus sign and a line feed.
    /// </summary>
    public string? Hash { get; init; }
}

/// <summary>
/// The end of the audit's chain, signed. Kept elsewhere it proves later that nothing up to it was altered, removed or cut
/// off.
/// </summary>
/// <param name="Sequence">Of the last entry; 0 when there is none.</param>
/// <param name="Hash">Of the last entry.</param>
/// <param name="SignedAt">When it was signed, to the millisecond.</param>
/// <param name="KeyId">The first 16 digits of the SHA-256 of the public key.</param>
/// <param name="PublicKey">The key that checks the signature: SubjectPublicKeyInfo in PEM form, ECDSA over P-256.</param>
/// <param name="Signature">
/// Base64 of r and s (IEEE P1363), with SHA-256 over four lines that end with a line feed: <c>picket-audit-head-1</c>,
/// sequence, hash, signedAt in Unix milliseconds.
/// </param>
public sealed record AuditHeadView(
    long Sequence,
    string Hash,
    DateTimeOffset SignedAt,
    string KeyId,
    string PublicKey,
    string Signature
);

/// <summary>A line of an exported audit: first the entries in the order of the chain, then the head.</summary>
/// <param name="Entry">An entry, or null in the last line.</param>
/// <param name="Head">The signed end, in the last line.</param>
public sealed record AuditExportLine(AuditEntry? Entry, AuditHeadView? Head);

/// <summary>How an audited action ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The caller may not do it; nothing happened.</summary>
    Refused,
}

/// <summary>Filter of the audit.</summary>
public sealed record AuditFilter
{
    /// <summary>Only actions that start with this.</summary>
    public string? Action { get; init; }

    /// <summary>Since this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }

    /// <summary>Only what this one did, e.g. <c>token:</c> and its id.</summary>
    public string? Actor { get; init; }

    /// <summary>Only what was done to this, e.g. an integration's id.</summary>
    public string? Subject { get; init; }

    /// <summary>Only what ended so.</summary>
    public AuditOutcome? Outcome { get; init; }
}
