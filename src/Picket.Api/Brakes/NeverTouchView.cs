using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>What an entry of the never-touch list names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NeverTouchKind>))]
public enum NeverTouchKind
{
    /// <summary>One device.</summary>
    Device,

    /// <summary>All devices of one user.</summary>
    User,

    /// <summary>All devices of the users in a user group.</summary>
    UserGroup,

    /// <summary>All devices in an organization group, and below it.</summary>
    OrganizationGroup,
}

/// <summary>
/// Puts devices onto the never-touch list: Picket puts no tag on them, takes none off, and sends them no message. What they
/// carry stays. Where it is not known whether an entry names a device, it counts as if it did.
/// </summary>
public sealed record NeverTouchDraft
{
    /// <summary>What is named.</summary>
    public required NeverTouchKind Kind { get; init; }

    /// <summary>
    /// 1 to 200 characters. Of a device its serial number, Picket's id of it, its uuid, or the UEM's number, of which the
    /// serial number is kept, or else the uuid; of a user the sign-in name, or the UEM's number; of a user group its name; of
    /// an organization group its name, uuid, or the last names of its path (<c>Europe / Sales</c>).
    /// </summary>
    public required string Value { get; init; }

    /// <summary>Why; 1 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>The integration it holds for; null for all, which no user can be named for.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>From then on it holds no more; null for no end. In the future.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>An entry of the never-touch list.</summary>
public sealed record NeverTouchView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration it holds for; null for all.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>What is named.</summary>
    public required NeverTouchKind Kind { get; init; }

    /// <summary>
    /// True of an entry for all integrations, for who may not see all of them: value, reason and who put it there are empty.
    /// </summary>
    public bool Hidden { get; init; }

    /// <summary>What names it: a serial number, the UEM's number of a user, a name, or a uuid.</summary>
    public required string Value { get; init; }

    /// <summary>Of a user the sign-in name, where it is known.</summary>
    public string? Name { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who put it there, as the audit names them; null where that was erased.</summary>
    public string? AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>From then on it holds no more; null for no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>It has ended by itself.</summary>
    public bool Ended { get; init; }

    /// <summary>
    /// A group that it named is gone, or is called otherwise now: until it is put there anew or taken off, each device of
    /// that group's integration counts as named.
    /// </summary>
    public bool Lost { get; init; }

    /// <summary>The groups that are gone or called otherwise, as they were called, with the UEM's numbers.</summary>
    public IReadOnlyList<string> Gone { get; set; } = [];
}

/// <summary>Why Picket leaves a device as it is.</summary>
/// <param name="EntryId">The entry of the never-touch list.</param>
/// <param name="Kind">What the entry names.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsCertain">False: whether the entry names the device is not known, which counts as if it did.</param>
/// <param name="EndsAt">From then on it holds no more; null for no end.</param>
public sealed record NeverTouchedView(
    Guid EntryId,
    NeverTouchKind Kind,
    string Reason,
    bool IsCertain,
    DateTimeOffset? EndsAt
)
{
    /// <summary>True where the entry is one of all integrations and the caller may not see all: the reason is empty.</summary>
    public bool Hidden { get; init; }
}
