using Picket.Core.Intelligence;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Intelligence;

/// <summary>Own indicators as the console says them.</summary>
internal static class OwnIndicatorWords
{
    public static string Kind(string kind) =>
        kind switch
        {
            "app-id" => T("App id"),
            "app-pattern" => T("App id pattern"),
            "os-version" => T("System version"),
            "patch-level" => T("Security patch level"),
            "device-model" => T("Model"),
            "certificate-sha1" => T("App certificate sha1"),
            "certificate-sha256" => T("App certificate sha256"),
            "profile-id" => T("Profile id"),
            "file-hash" => T("File hash"),
            "domain" => T("Domain"),
            "ip-address" => T("Ip address"),
            "url" => T("Url"),
            _ => kind,
        };

    /// <summary>What to write as the value, where the label alone leaves it open.</summary>
    public static string? Hint(string kind) =>
        kind switch
        {
            "app-id" => T("Package name or bundle id, as com.example.app."),
            "app-pattern" => T("A regular expression over the whole id, as ^com\\.example\\..*$."),
            "os-version" => ValueRange.VersionForms,
            "patch-level" => ValueRange.PatchForms,
            "device-model" => T("Apple's identifier (iPhone14,2) or the name that the UEM shows."),
            _ => T("Kept, and not testable from UEM: nothing that the UEM reports can show it."),
        };

    public static string Platform(string platform) =>
        platform switch
        {
            "android" => "Android",
            "apple" => "iOS, iPadOS",
            _ => T("any"),
        };

    public static string Category(string category) =>
        category switch
        {
            "malware" => T("Malware"),
            "spyware" => T("Spyware"),
            "stalkerware" => T("Stalkerware"),
            "watchware" => T("Watchware"),
            "vulnerable" => T("Vulnerable"),
            _ => category,
        };
}
