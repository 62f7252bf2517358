namespace Picket.Api;

/// <summary>An indicator that somebody of the organization typed: it counts at once, until it ends or is removed.</summary>
public sealed record OwnIndicatorView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="OwnIndicatorKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The value, pattern or range that it matches.</summary>
    public required string Value { get; init; }

    /// <summary><c>any</c>, <c>android</c> or <c>apple</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>What it is a sign of: <c>malware</c>, <c>spyware</c>, <c>stalkerware</c>, <c>watchware</c> or <c>vulnerable</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The level of its findings.</summary>
    public Level Severity { get; init; }

    /// <summary>Why it is there, as its findings say it.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>From then on it no longer counts; null: until somebody removes it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True once it has ended.</summary>
    public bool Ended { get; init; }

    /// <summary>False where UEM data cannot show it: it is kept, and matches nothing.</summary>
    public bool Testable { get; init; }

    /// <summary>Devices that match now, of those that the caller may see.</summary>
    public int Hits { get; init; }

    /// <summary>When it was typed.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What an own indicator shall say.</summary>
/// <param name="Kind">One of <see cref="OwnIndicatorKinds"/>.</param>
/// <param name="Value">
/// An app's id; a pattern (regular expression without back references, 1 to 256 characters); a version, range or bounds of
/// versions (<c>17.6.1</c>, <c>17.0..17.6.1</c>, <c>&gt;=17 &lt;18</c>) or of patch levels (<c>&lt;2026-03-05</c>); a
/// model's name or identifier; a hash in hex; a profile's id; a domain.
/// </param>
/// <param name="Severity">Low to Critical: the level of its findings.</param>
/// <param name="Reason">Why it is there, 1 to 300 characters. Its findings show it.</param>
/// <param name="Owner">Who answers for it, 1 to 100 characters.</param>
public sealed record SaveOwnIndicator(string Kind, string Value, Level Severity, string Reason, string Owner)
{
    /// <summary><c>any</c>, <c>android</c> or <c>apple</c>; absent: what fits the kind. A version needs one of the latter.</summary>
    public string? Platform { get; init; }

    /// <summary>See <see cref="OwnIndicatorView.Category"/>; absent: malware, of versions and models vulnerable.</summary>
    public string? Category { get; init; }

    /// <summary>When it ends by itself, within ten years; absent: until it is removed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Kinds of own indicators; letter case, blanks and dashes are ignored. CSV feeds use the same words.</summary>
public static class OwnIndicatorKinds
{
    /// <summary>Stands for the own indicators where <see cref="DeviceFilter.Feed"/> names a feed.</summary>
    public static Guid FeedId { get; } = new("00000000-0000-8000-8000-00006f776e00");

    /// <summary>Kinds that are tested on devices.</summary>
    public static IReadOnlyList<string> Testable { get; } =
    ["app-id", "app-pattern", "os-version", "patch-level", "device-model"];

    /// <summary>Kinds that are kept, and which UEM data cannot show.</summary>
    public static IReadOnlyList<string> Kept { get; } =
    ["certificate-sha1", "certificate-sha256", "profile-id", "file-hash", "domain", "ip-address", "url"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Testable, .. Kept];
}
