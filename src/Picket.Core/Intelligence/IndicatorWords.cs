namespace Picket.Core.Intelligence;

/// <summary>The words by which people name what an indicator is. Letter case, blanks and dashes do not matter.</summary>
public static class IndicatorWords
{
    /// <summary>Kinds that people write. Those that devices cannot be tested for are kept, to be handed on.</summary>
    public static readonly IReadOnlyDictionary<string, IndicatorKind> Kinds = new Dictionary<string, IndicatorKind>
    {
        ["app-id"] = IndicatorKind.AppId,
        ["app-pattern"] = IndicatorKind.AppIdPattern,
        ["os-version"] = IndicatorKind.OsVersion,
        ["patch-level"] = IndicatorKind.PatchLevel,
        ["device-model"] = IndicatorKind.DeviceModel,
        ["certificate-sha1"] = IndicatorKind.AppCertificateSha1,
        ["certificate-sha256"] = IndicatorKind.AppCertificateSha256,
        ["profile-id"] = IndicatorKind.ProfileId,
        ["file-hash"] = IndicatorKind.FileHash,
        ["domain"] = IndicatorKind.Domain,
        ["ip-address"] = IndicatorKind.IpAddress,
        ["url"] = IndicatorKind.Url,
    };

    public static readonly IReadOnlyDictionary<string, IndicatorPlatform> Platforms = new Dictionary<
        string,
        IndicatorPlatform
    >
    {
        ["any"] = IndicatorPlatform.Any,
        ["android"] = IndicatorPlatform.Android,
        ["apple"] = IndicatorPlatform.Apple,
        ["ios"] = IndicatorPlatform.Apple,
    };

    public static readonly IReadOnlyDictionary<string, ThreatClass> Classes = new Dictionary<string, ThreatClass>
    {
        ["malware"] = ThreatClass.Malware,
        ["spyware"] = ThreatClass.Spyware,
        ["stalkerware"] = ThreatClass.Stalkerware,
        ["watchware"] = ThreatClass.Watchware,
        ["vulnerable"] = ThreatClass.Vulnerable,
    };

    public static readonly IReadOnlyDictionary<string, Confidence> Confidences = new Dictionary<string, Confidence>
    {
        ["low"] = Confidence.Low,
        ["medium"] = Confidence.Medium,
        ["high"] = Confidence.High,
    };

    public static bool TryRead<T>(IReadOnlyDictionary<string, T> words, string text, out T value)
    {
        var plain = Plain(text);
        foreach (var (word, meant) in words)
        {
            if (Plain(word) == plain)
            {
                value = meant;
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>The word for it; kinds that nobody types go by their own names.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct, Enum
    {
        foreach (var (word, meant) in words)
        {
            if (EqualityComparer<T>.Default.Equals(meant, value))
            {
                return word;
            }
        }

        return value.ToString();
    }

    /// <summary>Of a kind that only one platform has, that one.</summary>
    public static IndicatorPlatform UsualPlatform(IndicatorKind kind) =>
        kind switch
        {
            IndicatorKind.PatchLevel
            or IndicatorKind.AndroidProperty
            or IndicatorKind.AppCertificateMd5
            or IndicatorKind.AppCertificateSha1
            or IndicatorKind.AppCertificateSha256 => IndicatorPlatform.Android,
            IndicatorKind.ProfileId => IndicatorPlatform.Apple,
            _ => IndicatorPlatform.Any,
        };

    public static ThreatClass UsualClass(IndicatorKind kind) =>
        kind is IndicatorKind.OsVersion or IndicatorKind.PatchLevel or IndicatorKind.DeviceModel
            ? ThreatClass.Vulnerable
            : ThreatClass.Malware;

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
