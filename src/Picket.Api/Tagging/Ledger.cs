using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Where a write to the UEM stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerState>))]
public enum LedgerState
{
    /// <summary>Planned.</summary>
    Wanted,

    /// <summary>A person or the accepted preview let it go.</summary>
    Approved,

    /// <summary>Sent, or on its way; the answer may be lost.</summary>
    Sent,

    /// <summary>Read back: it is true in the UEM.</summary>
    Confirmed,

    /// <summary>Confirmed for some devices, refused for others.</summary>
    PartlyFailed,

    /// <summary>The UEM refused it.</summary>
    Failed,

    /// <summary>Given up before it was sent, or held back by a stop of all writes, which the error names: nothing of it left.</summary>
    Discarded,

    /// <summary>Taken back, because its cause is gone.</summary>
    Undone,
}

/// <summary>One write to the UEM: at most one call.</summary>
public sealed record LedgerSummary
{
    /// <summary>Picket's id and idempotency key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>
    /// What is written: <c>CreateTag</c>, <c>AddTag</c>, <c>RemoveTag</c>, <c>CreateUser</c>, <c>ChangeUser</c>,
    /// <c>RegisterDevice</c>, <c>CreateUserGroup</c>, <c>AddToUserGroup</c>, <c>PublishApp</c>, <c>WithdrawApp</c>,
    /// <c>AddStoreApp</c>, <c>UploadApp</c>, <c>RetireApp</c>, <c>UnretireApp</c>,
    /// <c>CreateSmartGroup</c>, <c>DeleteSmartGroup</c>, <c>NameTag</c>, <c>EnableDeviceLicences</c>,
    /// <c>CreateAppGroup</c>, <c>AddToAppGroup</c>, <c>RemoveFromAppGroup</c>, <c>DeleteAppGroup</c>,
    /// <c>SendMessage</c>, <c>SyncDevice</c>, <c>QueryDevice</c>, <c>RequestApps</c>, <c>LockDevice</c>,
    /// <c>EnterpriseWipe</c>; more kinds may come.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. the name of the tag, or the line of an import: no names of people.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it stands.</summary>
    public required LedgerState State { get; init; }

    /// <summary>Devices that it names.</summary>
    public int Devices { get; init; }

    /// <summary>Of these, refused by the UEM; of a write to an app group, apps of which it did not become true.</summary>
    public int Failed { get; init; }

    /// <summary>The tag run that wanted it.</summary>
    public Guid? TagRunId { get; init; }

    /// <summary>The import that wanted it; its lines may be forgotten before the ledger is.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>The publication that wanted it.</summary>
    public Guid? PublicationId { get; init; }

    /// <summary>The command that wanted it.</summary>
    public Guid? CommandId { get; init; }

    /// <summary>The run of app groups that wanted it.</summary>
    public Guid? AppGroupRunId { get; init; }

    /// <summary>When it was written into the ledger: always before it was sent.</summary>
    public DateTimeOffset WantedAt { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>HTTP status of the answer that refused the whole write; 403 says that the account lacks the right to it.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The UEM's error code, when the whole write was refused.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The UEM's message or ours.</summary>
    public string? Message { get; init; }
}

/// <summary>One write with its devices.</summary>
/// <param name="Write">The write.</param>
/// <param name="Entries">Each device of it.</param>
public sealed record LedgerView(LedgerSummary Write, IReadOnlyList<LedgerDevice> Entries)
{
    /// <summary>How it came about.</summary>
    public LedgerTrail? Trail { get; set; }

    /// <summary>Each app of it, of a write to an app group.</summary>
    public IReadOnlyList<LedgerApp> Apps { get; set; } = [];
}

/// <summary>How a write came about, from the wish to its end.</summary>
/// <param name="WantedBy">Who wanted it; <c>verdicts</c> where no person did; null where the name was erased.</param>
/// <param name="HeldBy">
/// The brake that held it, or several in the order in which they did, with <c>, </c> between; null where none did. Of tags and lists of denied apps <c>TagBrake</c> (too many devices),
/// <c>NewPolicy</c> (the first run of a version) or <c>AppGroupBrake</c>; of a command one of <see cref="DeviceCommandBrake"/>.
/// </param>
/// <param name="ApprovedBy">Who approved it; null where nobody had to, or the name was erased.</param>
/// <param name="Key">Picket's idempotency key.</param>
/// <param name="Sends">How often it was sent; a command never more than once.</param>
/// <param name="AnsweredAt">When the UEM answered.</param>
/// <param name="ConfirmedAt">When reading back confirmed it.</param>
public sealed record LedgerTrail(
    string? WantedBy,
    string? HeldBy,
    string? ApprovedBy,
    string Key,
    int Sends,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? ConfirmedAt
);

/// <summary>A device of a write.</summary>
/// <param name="DeviceId">Picket's id; null when the inventory lacks the device.</param>
/// <param name="UemId">Number in the UEM.</param>
/// <param name="FriendlyName">Friendly name; null when the inventory lacks the device.</param>
/// <param name="State">Where the write stands for this device.</param>
/// <param name="ErrorCode">The UEM's error code for this device.</param>
/// <param name="Message">The UEM's message for this device.</param>
public sealed record LedgerDevice(
    Guid? DeviceId,
    int UemId,
    string? FriendlyName,
    LedgerState State,
    int? ErrorCode,
    string? Message
);

/// <summary>Filter of the ledger.</summary>
public sealed record LedgerFilter
{
    /// <summary>Only this integration; a removed one's writes are kept.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only this state.</summary>
    public LedgerState? State { get; init; }

    /// <summary>Only writes that name this device.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Only writes that name a device which is this enrolment user's now, or was when it left (Picket's id).</summary>
    public Guid? UserId { get; init; }

    /// <summary>Only writes of this publication.</summary>
    public Guid? PublicationId { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>One app of a write to an app group.</summary>
/// <param name="AppId">Package name or bundle id.</param>
/// <param name="State">What became of it.</param>
public sealed record LedgerApp(string AppId, LedgerState State);
