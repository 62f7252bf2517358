using System.Globalization;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Console;

/// <summary>Names of the contract as people read them.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Kinds = FindingKinds.All.ToDictionary(
        kind => kind.Id,
        kind => kind.Title
    );

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["osVersion"] = "System version",
        ["osBuild"] = "System build",
        ["securityPatch"] = "Security patch level",
        ["modelIdentifier"] = "Model identifier",
        ["enrolledAt"] = "Enrolled",
        ["passcodeCompliant"] = "Passcode meets the policy",
        ["blockEncryption"] = "Block-level encryption",
        ["exploitedCves"] = "Exploited CVEs",
        ["missingCves"] = "CVEs without a fix here",
        ["attack"] = "ATT&CK for Mobile",
        ["lastSeen"] = "Last seen",
    };

    /// <summary>Title of a kind of finding; its id where the kind is not known here.</summary>
    public static string Kind(string id) => Kinds.GetValueOrDefault(id, id);

    /// <summary>Name of a fact: <c>passcodeCompliant</c> reads "Passcode meets the policy".</summary>
    public static string Fact(string name) => Facts.GetValueOrDefault(name) ?? Sentence(name);

    /// <summary>A value as people write it; times lose their seconds and zone letters.</summary>
    public static string Value(string text) =>
        text.Length > 19
        && DateTimeOffset.TryParseExact(
            text,
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var time
        )
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : text;

    /// <summary>An enumeration's name as a sentence: <c>CredentialRefused</c> reads "Credential refused".</summary>
    public static string Of(Enum value) => Sentence(value.ToString());

    private static string Sentence(string name)
    {
        var words = string.Concat(
            name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")
        );
        words = words.Trim();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
