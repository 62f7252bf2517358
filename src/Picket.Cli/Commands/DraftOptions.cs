using System.CommandLine;
using Picket.Api;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary>The options that describe an integration: for adding one, for changing one, for checking a draft.</summary>
internal sealed class DraftOptions
{
    public Option<string?> Name { get; } = new("--name") { Description = "What people call it." };

    public Option<string?> Address { get; } =
        new("--address") { Description = "Address of the UEM's REST API.", HelpName = "URL" };

    public Option<string?> OrganizationGroup { get; } =
        new("--organization-group", "--og") { Description = "Group ID, number or uuid.", HelpName = "GROUP" };

    public CredentialOptions Credential { get; } = new();

    public Option<DateOnly?> CredentialEnds { get; } = CredentialOptions.EndsOption();

    public Option<FileInfo?> Ca { get; } =
        new("--uem-ca") { Description = "Certificate (PEM) of the UEM's private CA.", HelpName = "FILE" };

    public Option<string?> Proxy { get; } =
        new("--proxy") { Description = "Proxy on the way to the UEM.", HelpName = "URL" };

    public Option<string?> ProxyUser { get; } = new("--proxy-user") { Description = "User name at the proxy." };

    public Option<string[]> ExcludedGroups { get; } =
        new("--exclude-og")
        {
            Description = "Organization group below that is left out (repeatable).",
            HelpName = "GROUP",
        };

    public Option<string[]> SmartGroups { get; } =
        new("--smart-group") { Description = "Only devices of this smart group (repeatable).", HelpName = "GROUP" };

    public Option<AppReading?> CorporateApps { get; } =
        new("--corporate-apps")
        {
            Description = "Apps of the organization's devices that the UEM does not manage: Clear or Hashed (Clear).",
        };

    public Option<AppReading?> EmployeeApps { get; } =
        new("--employee-apps") { Description = "Those of employees' own devices: Hashed or NotRead (Hashed)." };

    public Option<int?> QuotaShare { get; } =
        new("--quota-share")
        {
            Description = "Share of the daily call quota, 1 to 100 percent (50).",
            HelpName = "PERCENT",
        };

    public Option<int?> SyncInterval { get; } =
        new("--sync-interval") { Description = "Minutes between runs, 15 to 10080 (240).", HelpName = "MINUTES" };

    public Option<string?> TagPrefix { get; } =
        new("--tag-prefix") { Description = "What tags' names start with ('Picket: ').", HelpName = "TEXT" };

    public Option<bool?> TagUnknown { get; } =
        new("--tag-unknown")
        {
            Description = "Tag devices whose verdict is Unknown, too: true or false (false).",
            HelpName = "true|false",
        };

    public Option<int?> TagBatchSize { get; } =
        new("--tag-batch-size") { Description = "Devices of one tag call, 1 to 500 (500).", HelpName = "DEVICES" };

    public Symbol[] All =>
        [
            Name,
            Address,
            OrganizationGroup,
            .. Credential.All,
            CredentialEnds,
            Ca,
            Proxy,
            ProxyUser,
            ExcludedGroups,
            SmartGroups,
            CorporateApps,
            EmployeeApps,
            QuotaShare,
            SyncInterval,
            TagPrefix,
            TagUnknown,
            TagBatchSize,
        ];

    /// <summary>An option that was given and says something about an integration; null when none was.</summary>
    public Option? Given(Session session) => All.OfType<Option>().FirstOrDefault(session.Has);

    /// <param name="creator">Proves who makes it; null for a draft that is only checked.</param>
    public CreateIntegration Draft(Session session, bool saveAsPaused = false, ProofOptions? creator = null)
    {
        var address = session.Needed(Address);
        var group = session.Needed(OrganizationGroup);
        var secrets = Credential.SecretsOf(session);
        var draft = new CreateIntegration
        {
            Name = session.Get(Name) ?? group,
            Address = address,
            OrganizationGroup = group,
            Credential = Credential.Read(session, secrets, null),
            CredentialEndsOn = session.Get(CredentialEnds),
            Creator = creator?.Read(session, secrets),
            CaCertificatePem = Pem(session),
            Proxy = ProxyOf(session, secrets),
            Scope =
                session.Has(ExcludedGroups) || session.Has(SmartGroups)
                    ? new IntegrationScope
                    {
                        ExcludedOrganizationGroups = session.Get(ExcludedGroups) ?? [],
                        SmartGroups = session.Get(SmartGroups) ?? [],
                    }
                    : null,
            Privacy = Privacy(session, new IntegrationPrivacy()),
            TagUnknown = session.Get(TagUnknown) ?? false,
            SaveAsPaused = saveAsPaused,
        };
        draft.QuotaSharePercent = session.Get(QuotaShare) ?? draft.QuotaSharePercent;
        draft.SyncIntervalMinutes = session.Get(SyncInterval) ?? draft.SyncIntervalMinutes;
        draft.TagPrefix = session.Get(TagPrefix) ?? draft.TagPrefix;
        draft.TagBatchSize = session.Get(TagBatchSize) ?? draft.TagBatchSize;
        return draft;
    }

    /// <summary>The rules are sent whole, so what is not named is taken from the present ones.</summary>
    public IntegrationPrivacy? Privacy(Session session, IntegrationPrivacy present) =>
        session.Has(CorporateApps) || session.Has(EmployeeApps)
            ? new IntegrationPrivacy
            {
                CorporateApps = session.Get(CorporateApps) ?? present.CorporateApps,
                EmployeeApps = session.Get(EmployeeApps) ?? present.EmployeeApps,
            }
            : null;

    public string? Pem(Session session) => session.Get(Ca) is { } file ? File.ReadAllText(file.FullName) : null;

    public ProxySettings? ProxyOf(Session session, Secrets secrets)
    {
        if (session.Get(Proxy) is not { } address)
            return session.Has(ProxyUser) ? throw new UsageException("--proxy-user needs --proxy.") : null;
        return WithPassword(address, session.Get(ProxyUser), secrets);
    }

    public static ProxySettings WithPassword(string address, string? user, Secrets secrets) =>
        new(address, user, user is null ? null : secrets.ProxyPassword());
}
