using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Where a feed comes from by itself.</summary>
public sealed record FeedSourceView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the feed that it brings.</summary>
    public required string Name { get; init; }

    /// <summary>The feed, once the source has brought one.</summary>
    public Guid? FeedId { get; init; }

    /// <summary>Name of the public source in the catalogue that it was made from; null for one's own.</summary>
    public string? Known { get; init; }

    /// <summary>One of <see cref="FeedFormats"/>; null until the first file told it.</summary>
    public string? Format { get; init; }

    /// <summary>The https address; null for a place on the server. Whoever may read sees it.</summary>
    public string? Address { get; init; }

    /// <summary>The place below the server's folder of feeds (<c>Feeds:Folder</c>), a file or a folder whose newest file counts; null for an address.</summary>
    public string? Path { get; init; }

    /// <summary>The only authorities that may vouch for the address, as PEM; null for those of the system.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>Licence of its files; null for that of the format's usual source.</summary>
    public string? Licence { get; init; }

    /// <summary>Whom to name with that licence.</summary>
    public string? Attribution { get; init; }

    /// <summary>Minutes between two looks.</summary>
    public int IntervalMinutes { get; init; }

    /// <summary>When it was followed.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is looked at next.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset? LastTryAt { get; init; }

    /// <summary>When it last answered in order, with something new or not.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>What came of the last look; null before the first.</summary>
    public FeedSourceOutcome? Outcome { get; init; }

    /// <summary>Why the last look failed; null when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Since when each look fails; null when the last one did not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Looks that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Whether it is being looked at just now.</summary>
    public bool Checking { get; init; }
}

/// <summary>What came of a look at a feed's source.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedSourceOutcome>))]
public enum FeedSourceOutcome
{
    /// <summary>A new version is in force.</summary>
    Imported,

    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>A new version waits for a person: see <see cref="FeedView.Aside"/>.</summary>
    SetAside,

    /// <summary>It still brings the file that a person decided against.</summary>
    Rejected,

    /// <summary>The file came, and cannot be read.</summary>
    Unreadable,

    /// <summary>No file came.</summary>
    Failed,
}

/// <summary>
/// A source to follow: one of the catalogue (<see cref="Known"/>), an address, or a place on the server; exactly one of
/// the three.
/// </summary>
public sealed record FeedSourceDraft
{
    /// <summary>Name of a public source in the catalogue, e.g. <c>cisa-kev</c>; name, address, format and licence are its own.</summary>
    public string? Known { get; init; }

    /// <summary>Name of the feed, 1 to 100 characters. One that exists gets its next versions from here. Left out for a known source.</summary>
    public string? Name { get; init; }

    /// <summary>An https address without a user in it, at most 1,000 characters.</summary>
    public string? Address { get; init; }

    /// <summary>A file or folder below the server's folder of feeds, e.g. <c>kev</c> or <c>kev/kev.json</c>; <c>.</c> for that folder itself.</summary>
    public string? Path { get; init; }

    /// <summary>One of <see cref="FeedFormats"/>; left out: told by the first file.</summary>
    public string? Format { get; init; }

    /// <summary>Minutes between two looks: 15 to 43,200 for an address, 1 to 43,200 for a place on the server. A day and 15 minutes when left out.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>The only authorities that may vouch for the address, as PEM; those of the system when left out.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>Licence of its files; that of the format's usual source when left out.</summary>
    public string? Licence { get; init; }

    /// <summary>Whom to name with that licence.</summary>
    public string? Attribution { get; init; }
}

/// <summary>A public source that Picket knows. Nothing is fetched from it until somebody follows it.</summary>
/// <param name="Name">By which it is followed.</param>
/// <param name="Title">What it is called by those who publish it.</param>
/// <param name="Use">What it is good for.</param>
/// <param name="Format">One of <see cref="FeedFormats"/>.</param>
/// <param name="Address">Where its file is.</param>
/// <param name="Licence">Licence of its data.</param>
/// <param name="Attribution">Whom to name.</param>
public sealed record KnownFeed(
    string Name,
    string Title,
    string Use,
    string Format,
    string Address,
    string Licence,
    string Attribution
)
{
    /// <summary>The source by which it is followed; null where it is not.</summary>
    public Guid? SourceId { get; init; }
}

/// <summary>A version that waits for a person, because it changes too much; the one in force stays meanwhile.</summary>
/// <param name="Version">The version that waits.</param>
/// <param name="Reason">Why it waits.</param>
/// <param name="Since">Since when.</param>
public sealed record FeedAside(FeedVersion Version, string Reason, DateTimeOffset Since);

/// <summary>Something that is not as it should be with a feed.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What it is.</param>
/// <param name="Since">Since when; null where that is not known.</param>
public sealed record FeedTrouble(FeedTroubleKind Kind, string Text, DateTimeOffset? Since = null);

/// <summary>What can be wrong with a feed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedTroubleKind>))]
public enum FeedTroubleKind
{
    /// <summary>The stored file of the version in force cannot be read any more.</summary>
    Unreadable,

    /// <summary>A version waits for a person.</summary>
    Aside,

    /// <summary>The last file for it could not be read; the version before stayed in force.</summary>
    Refused,

    /// <summary>Its source does not answer in order.</summary>
    SourceSilent,

    /// <summary>It says something else than another feed.</summary>
    Disagreement,

    /// <summary>It is older than it usually gets.</summary>
    Old,
}
