using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>What each setting may be.</summary>
internal static class SettingRules
{
    private const int LongestText = 500;

    public static void Check(CreateIntegration draft, FieldMistakes mistakes)
    {
        Name(draft.Name, mistakes);
        Group(draft.OrganizationGroup, mistakes);
        Credential(draft.Credential, mistakes);
        Ca(draft.CaCertificatePem, mistakes);
        Proxy(draft.Proxy, mistakes);
        Numbers(draft.QuotaSharePercent, draft.SyncIntervalMinutes, mistakes);
        TagPrefix(draft.TagPrefix, mistakes);
        TagBatchSize(draft.TagBatchSize, mistakes);
        Scope(draft.Scope, mistakes);
        Privacy(draft.Privacy, mistakes);
    }

    public static void Check(ChangeIntegration change, FieldMistakes mistakes)
    {
        Given(change.Name, value => Name(value, mistakes));
        Given(change.OrganizationGroup, value => Group(value, mistakes));
        Given(change.Credential, value => Credential(value, mistakes));
        Ca(change.CaCertificatePem, mistakes);
        Proxy(change.Proxy is { Address.Length: 0 } ? null : change.Proxy, mistakes);
        Numbers(change.QuotaSharePercent ?? 50, change.SyncIntervalMinutes ?? 240, mistakes);
        Given(change.TagPrefix, value => TagPrefix(value, mistakes));
        TagBatchSize(change.TagBatchSize ?? 500, mistakes);
        Given(change.TagBrake, value => TagBrake(value, mistakes));
        Scope(change.Scope, mistakes);
        Privacy(change.Privacy, mistakes);
    }

    public static void Credential(Credential? credential, FieldMistakes mistakes)
    {
        switch (credential)
        {
            case BasicCredential basic:
                mistakes.Unless(IsText(basic.Account), "credential.account", "Name the administrator account.");
                // The account's name and password are joined by a colon.
                mistakes.Unless(
                    basic.Account?.Contains(':', StringComparison.Ordinal) is not true,
                    "credential.account",
                    "An account name cannot hold a colon."
                );
                mistakes.Unless(IsSecret(basic.Password), "credential.password", "Enter the account's password.");
                mistakes.Unless(IsHeader(basic.ApiKey), "credential.apiKey", "Enter the organization group's API key.");
                break;
            case OAuthCredential oauth:
                mistakes.Unless(
                    SecureAddress(oauth.TokenAddress) is not null,
                    "credential.tokenAddress",
                    "The token address is an https address, such as https://na.uemauth.workspaceone.com/connect/token."
                );
                mistakes.Unless(IsText(oauth.ClientId), "credential.clientId", "Enter the client id.");
                mistakes.Unless(IsSecret(oauth.ClientSecret), "credential.clientSecret", "Enter the client secret.");
                mistakes.Unless(
                    oauth.ApiKey is null or "" || IsHeader(oauth.ApiKey),
                    "credential.apiKey",
                    "The API key holds characters that no key has."
                );
                break;
            case CertificateCredential or DirectoryCredential:
                // The doctor refuses these, with the explanation.
                break;
            default:
                mistakes.Add("credential", "Enter a credential of kind \"basic\" or \"oauth\".");
                break;
        }
    }

    /// <summary>Null unless https, or http to this machine, without user, query or fragment.</summary>
    public static Uri? SecureAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Query: "", Fragment: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : null;

    private static void Name(string? name, FieldMistakes mistakes) =>
        mistakes.Unless(
            !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= 100,
            "name",
            "Give a name of 1 to 100 characters."
        );

    private static void Group(string? group, FieldMistakes mistakes) =>
        mistakes.Unless(
            IsText(group),
            "organizationGroup",
            "Name the organization group: its Group ID, number or uuid."
        );

    private static void TagPrefix(string? prefix, FieldMistakes mistakes) =>
        mistakes.Unless(
            prefix is { Length: >= 1 and <= 30 } && !string.IsNullOrWhiteSpace(prefix),
            "tagPrefix",
            "The tag prefix has 1 to 30 characters."
        );

    private static void TagBatchSize(int size, FieldMistakes mistakes) =>
        mistakes.Unless(size is >= 1 and <= 500, "tagBatchSize", "A tag call takes 1 to 500 devices.");

    private static void TagBrake(TagBrakeSettings brake, FieldMistakes mistakes)
    {
        mistakes.Unless(
            brake.Percent is >= 0 and <= 100,
            "tagBrake.percent",
            "The share lies between 0 and 100 percent."
        );
        mistakes.Unless(brake.Least is >= 0 and <= 100_000, "tagBrake.least", "Give 0 to 100000 devices.");
        mistakes.Unless(
            brake.PerRun is null or (>= 1 and <= 1_000_000),
            "tagBrake.perRun",
            "Give 1 to 1000000 devices, or none for no limit."
        );
        mistakes.Unless(
            brake.PerHour is null or (>= 1 and <= 1_000_000),
            "tagBrake.perHour",
            "Give 1 to 1000000 devices, or none for no limit."
        );
        mistakes.Unless(
            brake.GroupPercent is null or (> 0 and <= 100),
            "tagBrake.groupPercent",
            "The share lies above 0 and up to 100 percent; none for no limit."
        );
    }

    private static void Numbers(int share, int minutes, FieldMistakes mistakes)
    {
        mistakes.Unless(share is >= 1 and <= 100, "quotaSharePercent", "The share lies between 1 and 100 percent.");
        mistakes.Unless(
            minutes is >= 15 and <= 10_080,
            "syncIntervalMinutes",
            "The interval lies between 15 minutes and 10080 (a week)."
        );
    }

    private static void Scope(IntegrationScope? scope, FieldMistakes mistakes)
    {
        mistakes.Unless(
            scope?.ExcludedOrganizationGroups.All(IsText) is not false,
            "scope.excludedOrganizationGroups",
            "Name each group by its Group ID, number or uuid."
        );
        mistakes.Unless(
            scope?.SmartGroups.All(IsText) is not false,
            "scope.smartGroups",
            "Name each smart group by its name, number or uuid."
        );
    }

    private static void Privacy(IntegrationPrivacy? privacy, FieldMistakes mistakes)
    {
        mistakes.Unless(
            privacy?.CorporateApps is null or AppReading.Clear or AppReading.Hashed,
            "privacy.corporateApps",
            "Apps on the organization's devices are kept in clear, or as hashes."
        );
        mistakes.Unless(
            privacy?.EmployeeApps is null or AppReading.Hashed or AppReading.NotRead,
            "privacy.employeeApps",
            "Apps on employees' own devices are kept as hashes, or not at all."
        );
    }

    private static void Ca(string? pem, FieldMistakes mistakes)
    {
        if (string.IsNullOrEmpty(pem))
        {
            return;
        }

        if (PinnedAuthorities.MistakeIn(pem) is { } mistake)
        {
            mistakes.Add("caCertificatePem", mistake);
        }
    }

    private static void Proxy(ProxySettings? proxy, FieldMistakes mistakes)
    {
        if (proxy is null)
        {
            return;
        }

        var usable =
            Uri.TryCreate(proxy.Address, UriKind.Absolute, out var uri)
            && uri is { UserInfo: "", Scheme: "http" or "https", PathAndQuery: "/" };
        mistakes.Unless(
            usable,
            "proxy.address",
            "The proxy's address is http or https with host and port, without user or password."
        );
    }

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestText;

    private static bool IsSecret(string? text) => text is { Length: > 0 and <= LongestText };

    private static bool IsHeader(string? text) => IsText(text) && text!.All(letter => letter is > ' ' and < '\x7f');

    private static void Given<T>(T? value, Action<T> check)
        where T : class
    {
        if (value is not null)
        {
            check(value);
        }
    }
}
