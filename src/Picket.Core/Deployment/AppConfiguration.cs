using System.Globalization;
using System.Text.RegularExpressions;

namespace Picket.Core.Deployment;

public enum ConfigurationPlatform
{
    Apple,
    Android,
}

/// <summary>
/// The managed configuration of an app. It is the same text for every device but for the names in braces, and everybody
/// who holds such a device can read it: nothing that all devices share may be a secret.
/// </summary>
public static partial class AppConfiguration
{
    public const string ServerKey = "ServerUrl";
    public const string IntegrationKey = "IntegrationId";
    public const string DeviceKey = "DeviceId";

    /// <summary>The device's own number, which the UEM fills in: the server knows the device by it.</summary>
    public const string DeviceLookup = "{DeviceUid}";

    private const int DeepestNesting = 5;
    private const int LongestKey = 255;

    private static readonly string[] SecretWords =
    [
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "secret",
        "token",
        "apikey",
        "privatekey",
        "credential",
    ];

    /// <summary>These are filled in, and are the same for all devices of an organization group.</summary>
    private static readonly string[] SharedLookups = ["Group", "OrganizationGroup", "LocationGroup"];

    /// <summary>Where the server is, which integration the device belongs to, and which device it is.</summary>
    public static IReadOnlyList<ConfigurationEntry> Template(Uri server, string integration) =>
        [
            new(ServerKey, ConfigurationType.Text, server.AbsoluteUri.TrimEnd('/')),
            new(IntegrationKey, ConfigurationType.Text, integration),
            new(DeviceKey, ConfigurationType.Text, DeviceLookup),
        ];

    /// <summary>All mistakes at once; none: it can be sent.</summary>
    /// <param name="lookupKeys">Names that the UEM fills in, without braces; null while they are not read.</param>
    /// <param name="ofAgent">Whether the app is Picket's agent, which must find its server and say which device it is.</param>
    public static IReadOnlyList<ConfigurationMistake> Check(
        ConfigurationPlatform platform,
        IReadOnlyList<ConfigurationEntry> entries,
        IReadOnlyCollection<string>? lookupKeys = null,
        bool ofAgent = false
    )
    {
        var mistakes = new List<ConfigurationMistake>();
        CheckList(platform, entries, "", 0, lookupKeys, mistakes);
        if (ofAgent)
        {
            CheckAgent(entries, mistakes);
        }

        return mistakes;
    }

    /// <summary>Whether a value differs from device to device once the UEM has filled it in.</summary>
    public static bool IsPerDevice(string value) =>
        Lookups(value).Any(name => !SharedLookups.Any(shared => name.StartsWith(shared, StringComparison.Ordinal)));

    private static IEnumerable<string> Lookups(string value) =>
        Lookup().Matches(value).Select(match => match.Groups["name"].Value);

    private static void CheckList(
        ConfigurationPlatform platform,
        IReadOnlyList<ConfigurationEntry> entries,
        string above,
        int depth,
        IReadOnlyCollection<string>? lookupKeys,
        List<ConfigurationMistake> mistakes
    )
    {
        if (depth > DeepestNesting)
        {
            mistakes.Add(new(above, $"Bundles lie deeper than {DeepestNesting} in each other. Flatten them."));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var path = above.Length == 0 ? entry.Key : $"{above} > {entry.Key}";
            if (string.IsNullOrWhiteSpace(entry.Key) || entry.Key.Length > LongestKey || entry.Key != entry.Key.Trim())
            {
                mistakes.Add(new(path, $"A key has 1 to {LongestKey} characters, and no blanks around."));
            }
            else if (!seen.Add(entry.Key))
            {
                mistakes.Add(new(path, "The key stands there twice. The UEM refuses that: keep one."));
            }

            if (entry.IsBundle)
            {
                CheckBundle(platform, entry, path, mistakes);
            }
            else
            {
                CheckValue(entry, path, lookupKeys, mistakes);
            }

            CheckList(platform, entry.Nested, path, depth + 1, lookupKeys, mistakes);
        }
    }

    private static void CheckBundle(
        ConfigurationPlatform platform,
        ConfigurationEntry entry,
        string path,
        List<ConfigurationMistake> mistakes
    )
    {
        if (platform != ConfigurationPlatform.Android)
        {
            mistakes.Add(new(path, "Bundles are Android's. Give an Apple app its keys one by one."));
        }

        if (entry.Value.Length > 0)
        {
            mistakes.Add(new(path, "A bundle holds keys and has no value of its own. Leave the value empty."));
        }

        if (entry.Nested.Count == 0)
        {
            mistakes.Add(new(path, "The bundle is empty. Add a key or remove the bundle."));
        }

        if (
            entry.Type == ConfigurationType.BundleArray
            && entry.Nested.Any(nested => nested.Type != ConfigurationType.Bundle)
        )
        {
            mistakes.Add(new(path, "An array of bundles holds bundles only."));
        }
    }

    private static void CheckValue(
        ConfigurationEntry entry,
        string path,
        IReadOnlyCollection<string>? lookupKeys,
        List<ConfigurationMistake> mistakes
    )
    {
        if (entry.Nested.Count > 0)
        {
            mistakes.Add(new(path, "Only bundles hold further keys. Change the type or remove the keys."));
        }

        var isFilledIn = WholeLookup().IsMatch(entry.Value);
        if (entry.Type == ConfigurationType.WholeNumber && !isFilledIn && !IsInteger(entry.Value))
        {
            mistakes.Add(new(path, "An integer is a whole number such as 30, or one name in braces."));
        }

        if (entry.Type == ConfigurationType.Boolean && !isFilledIn && entry.Value is not ("true" or "false"))
        {
            mistakes.Add(new(path, "A boolean is true or false, or one name in braces."));
        }

        if (lookupKeys is not null)
        {
            mistakes.AddRange(
                Lookups(entry.Value)
                    .Where(name => !lookupKeys.Contains(name, StringComparer.Ordinal))
                    .Distinct()
                    .Select(name => new ConfigurationMistake(
                        path,
                        $"The UEM fills in no '{{{name}}}': devices would read the braces. Choose one of its names; the case counts."
                    ))
            );
        }

        if (IsSharedSecret(entry))
        {
            mistakes.Add(
                new(
                    path,
                    $"This looks like a secret that all devices would share, and everybody who holds one could read. Let each device prove who it is with a name in braces, such as {DeviceLookup}."
                )
            );
        }
    }

    private static bool IsInteger(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsSharedSecret(ConfigurationEntry entry)
    {
        if (entry.Value.Length == 0 || entry.Type == ConfigurationType.Boolean)
        {
            return false;
        }

        var key = string.Concat(entry.Key.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        var isNamedSo = SecretWords.Any(word => key.Contains(word, StringComparison.Ordinal));
        return (isNamedSo && !IsPerDevice(entry.Value)) || HoldsSecret(entry.Value);
    }

    /// <summary>A private key or an address with a password is one under whatever name.</summary>
    private static bool HoldsSecret(string value) =>
        value.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        || (
            Uri.TryCreate(value, UriKind.Absolute, out var address)
            && address.UserInfo.Contains(':', StringComparison.Ordinal)
            && !IsPerDevice(address.UserInfo)
        );

    private static void CheckAgent(IReadOnlyList<ConfigurationEntry> entries, List<ConfigurationMistake> mistakes)
    {
        if (
            !Uri.TryCreate(Value(entries, ServerKey), UriKind.Absolute, out var server)
            || server.Scheme != Uri.UriSchemeHttps
        )
        {
            mistakes.Add(new(ServerKey, "The agent needs the address of this server, beginning with https."));
        }

        if (string.IsNullOrWhiteSpace(Value(entries, IntegrationKey)))
        {
            mistakes.Add(new(IntegrationKey, "The agent needs the id of the integration."));
        }

        if (!IsPerDevice(Value(entries, DeviceKey) ?? ""))
        {
            mistakes.Add(
                new(DeviceKey, $"The agent needs a name in braces that tells one device from another: {DeviceLookup}.")
            );
        }
    }

    private static string? Value(IReadOnlyList<ConfigurationEntry> entries, string key) =>
        entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    [GeneratedRegex(@"\{(?<name>[A-Za-z][A-Za-z0-9_.]*)\}")]
    private static partial Regex Lookup();

    [GeneratedRegex(@"\A\{[A-Za-z][A-Za-z0-9_.]*\}\z")]
    private static partial Regex WholeLookup();
}
