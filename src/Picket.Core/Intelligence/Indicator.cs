using Picket.Core.Devices;
using Picket.Core.Risk;

namespace Picket.Core.Intelligence;

public enum IndicatorKind
{
    AppId,
    AppIdPattern,
    AppCertificateMd5,
    AppCertificateSha1,
    AppCertificateSha256,
    AppCertificateName,
    ProfileId,
    FileHash,
    FilePath,
    FileName,
    Domain,
    IpAddress,
    Url,
    Email,
    Process,
    AndroidProperty,

    /// <summary>One version of an operating system or a range of them: see <see cref="ValueRange"/>.</summary>
    OsVersion,

    /// <summary>A range of Android's security patch levels.</summary>
    PatchLevel,

    /// <summary>Apple's identifier, or the name that the UEM reports.</summary>
    DeviceModel,

    /// <summary>A pattern that is not one equality (conjunction, sequence, other object): kept whole.</summary>
    Compound,
}

public enum ThreatClass
{
    Malware,
    Spyware,
    Stalkerware,

    /// <summary>Watches openly: milder than stalkerware, which hides by design.</summary>
    Watchware,

    /// <summary>No attack but a weakness: a version or a model that must not be in use.</summary>
    Vulnerable,
}

public enum Confidence
{
    Low,
    Medium,
    High,
}

public enum IndicatorPlatform
{
    Any,
    Android,
    Apple,
}

/// <summary>Something bad that can be recognised by one value.</summary>
/// <param name="Id">Stable over versions of the feed: the feed's own id, or one made from kind and value.</param>
/// <param name="Value">As it is matched: hashes in upper-case hex, all else as the feed writes it.</param>
/// <param name="Family">What the feed calls the threat.</param>
/// <param name="Reference">Where in the feed it stands.</param>
public sealed record Indicator(
    string Id,
    IndicatorKind Kind,
    string Value,
    IndicatorPlatform Platform,
    string Family,
    ThreatClass Class,
    Confidence Confidence,
    string Reference
)
{
    /// <summary>From then on it no longer counts.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public bool HasExpiredAt(DateTimeOffset now) => ValidUntil is { } until && until <= now;

    /// <summary>How bad a match is by the word of whoever typed the indicator; null: as the policy weighs its kind.</summary>
    public RiskLevel? Severity { get; init; }

    /// <summary>Whether it is tested. The others are kept, to be handed to tools that can.</summary>
    public bool IsTestable => IsOfApps || IsOfSystems;

    public bool IsOfApps => Kind is IndicatorKind.AppId or IndicatorKind.AppIdPattern;

    public bool IsOfSystems => Kind is IndicatorKind.OsVersion or IndicatorKind.PatchLevel or IndicatorKind.DeviceModel;

    /// <summary>
    /// A UEM knows what could show it, but Picket does not read that: certificates of apps, configuration profiles.
    /// </summary>
    public bool IsNotCollected =>
        Kind is IndicatorKind.AppCertificateSha1 or IndicatorKind.AppCertificateSha256 or IndicatorKind.ProfileId;

    /// <summary>Whether facts about a device, once they are there, can match it.</summary>
    public bool IsMatchable => IsTestable || IsNotCollected;

    public bool Concerns(DevicePlatform platform) =>
        Platform switch
        {
            IndicatorPlatform.Android => platform is DevicePlatform.Android,
            IndicatorPlatform.Apple => platform.IsApplePhoneOrTablet(),
            _ => platform.IsMobile(),
        };
}
