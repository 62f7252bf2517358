using Picket.Core.Devices;

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

    /// <summary>Not malicious as such: the organization does not want it.</summary>
    Denied,
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

    /// <summary>Whether what a UEM knows can show it. The others are kept, to be handed to tools that can.</summary>
    public bool IsTestable => TestableKinds.Contains(Kind);

    public bool Concerns(DevicePlatform platform) =>
        Platform switch
        {
            IndicatorPlatform.Android => platform is DevicePlatform.Android,
            IndicatorPlatform.Apple => platform.IsApplePhoneOrTablet(),
            _ => platform.IsMobile(),
        };

    private static readonly HashSet<IndicatorKind> TestableKinds =
    [
        IndicatorKind.AppId,
        IndicatorKind.AppIdPattern,
        IndicatorKind.AppCertificateSha1,
        IndicatorKind.AppCertificateSha256,
        IndicatorKind.ProfileId,
    ];
}
