namespace Picket.Core.Intelligence.Formats;

/// <summary>What an object path of a pattern is about. <c>app</c> and others are no standard objects, but in use.</summary>
internal static class StixPaths
{
    public static IndicatorKind KindOf(string path) =>
        path.Replace("'", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal)
            .ToUpperInvariant() switch
        {
            "APP:ID" => IndicatorKind.AppId,
            "APP:CERT.MD5" => IndicatorKind.AppCertificateMd5,
            "APP:CERT.SHA1" => IndicatorKind.AppCertificateSha1,
            "APP:CERT.SHA256" => IndicatorKind.AppCertificateSha256,
            "CONFIGURATIONPROFILE:ID" => IndicatorKind.ProfileId,
            "ANDROIDPROPERTY:NAME" => IndicatorKind.AndroidProperty,
            "DOMAINNAME:VALUE" => IndicatorKind.Domain,
            "IPV4ADDR:VALUE" or "IPV6ADDR:VALUE" => IndicatorKind.IpAddress,
            "URL:VALUE" => IndicatorKind.Url,
            "EMAILADDR:VALUE" => IndicatorKind.Email,
            "PROCESS:NAME" => IndicatorKind.Process,
            "FILE:PATH" => IndicatorKind.FilePath,
            "FILE:NAME" => IndicatorKind.FileName,
            var hash when hash.StartsWith("FILE:HASHES.", StringComparison.Ordinal) => IndicatorKind.FileHash,
            _ => IndicatorKind.Compound,
        };
}
